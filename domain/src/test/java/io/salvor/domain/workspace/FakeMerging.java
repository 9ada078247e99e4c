package io.salvor.domain.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Merges of trees in memory, file by file.
final class FakeMerging {
  private final FakeCommits commits;

  FakeMerging(FakeCommits commits) {
    this.commits = commits;
  }

  /// Merges `theirs` into the task's branch, in its workspace.
  BroughtIn bringIn(FakePlot plot, FakeCommit theirs) {
    FakeCommit base =
        Stream.iterate(Optional.of(theirs), Optional::isPresent, FakeCommit::before)
            .flatMap(Optional::stream)
            .filter(plot.tip::contains)
            .findFirst()
            .orElse(plot.base);
    List<String> changed = FakeCommit.changed(base.files(), theirs.files());
    List<String> inTheWay = new ArrayList<>(plot.dirty());
    inTheWay.retainAll(changed);
    if (!inTheWay.isEmpty()) {
      return new BroughtIn.InTheWay(theirs.id(), inTheWay);
    }
    List<String> both = new ArrayList<>(FakeCommit.changed(base.files(), plot.tip.files()));
    both.retainAll(changed);
    both.retainAll(FakeCommit.changed(plot.tip.files(), theirs.files()));
    SortedMap<String, String> files = plot.there();
    List<String> fit = new ArrayList<>(changed);
    fit.removeAll(both);
    overlay(files, theirs.files(), fit);
    if (both.isEmpty()) {
      var merged = new TreeMap<>(plot.tip.files());
      overlay(merged, theirs.files(), fit);
      plot.tip = commits.make("merge", List.of(plot.tip, theirs), merged);
      return new BroughtIn.Clean(theirs.id());
    }
    for (String path : both) {
      files.put(
          path,
          "<<<<<<< HEAD\n"
              + files.getOrDefault(path, "")
              + "\n=======\n"
              + theirs.files().getOrDefault(path, "")
              + "\n>>>>>>> main\n");
    }
    plot.broughtIn = theirs;
    plot.conflicts.addAll(both);
    return new BroughtIn.Conflicts(plot.tip.id(), theirs.id(), both);
  }

  /// The files of what a merge would make of `main`; empty where that is nothing new.
  Optional<SortedMap<String, String>> tried(
      FakeRepository repository, FakePlot plot, boolean unchecked) {
    if (repository.main.contains(plot.tip)) {
      return Optional.empty();
    }
    if (plot.tip.contains(repository.main)) {
      return unchecked ? Optional.of(new TreeMap<>(plot.tip.files())) : Optional.empty();
    }
    List<String> theirs = FakeCommit.changed(plot.base.files(), plot.tip.files());
    List<String> both =
        new ArrayList<>(FakeCommit.changed(plot.base.files(), repository.main.files()));
    both.retainAll(theirs);
    both.retainAll(FakeCommit.changed(repository.main.files(), plot.tip.files()));
    if (!both.isEmpty()) {
      return Optional.empty();
    }
    var files = new TreeMap<>(repository.main.files());
    overlay(files, plot.tip.files(), theirs);
    return Optional.of(files);
  }

  /// Merges the task's branch into `main`.
  MergeOutcome merge(FakeRepository repository, FakePlot plot, String message) {
    return plot.tip.contains(repository.main)
        ? advance(repository, plot.tip)
        : threeWay(repository, plot, message);
  }

  private MergeOutcome threeWay(FakeRepository repository, FakePlot plot, String message) {
    FakeCommit ours = repository.main;
    List<String> conflicts = new ArrayList<>(FakeCommit.changed(plot.base.files(), ours.files()));
    List<String> theirs = FakeCommit.changed(plot.base.files(), plot.tip.files());
    conflicts.retainAll(theirs);
    conflicts.retainAll(FakeCommit.changed(ours.files(), plot.tip.files()));
    if (!conflicts.isEmpty()) {
      return new MergeOutcome.Conflict(conflicts);
    }
    var files = new TreeMap<>(ours.files());
    overlay(files, plot.tip.files(), theirs);
    return advance(repository, commits.make(message, List.of(ours, plot.tip), files));
  }

  private static MergeOutcome advance(FakeRepository repository, FakeCommit to) {
    List<String> touched = FakeCommit.changed(repository.main.files(), to.files());
    List<String> dirty =
        new ArrayList<>(FakeCommit.changed(repository.main.files(), repository.files));
    dirty.retainAll(touched);
    if (!dirty.isEmpty()) {
      return new MergeOutcome.DirtyOverlap(dirty);
    }
    overlay(repository.files, to.files(), touched);
    repository.main = to;
    return new MergeOutcome.Merged(to.id());
  }

  private static void overlay(
      SortedMap<String, String> files, SortedMap<String, String> from, List<String> paths) {
    for (String path : paths) {
      String content = from.get(path);
      if (content == null) {
        files.remove(path);
      } else {
        files.put(path, content);
      }
    }
  }
}
