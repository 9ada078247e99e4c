package io.salvor.domain.workspace;

import io.salvor.domain.id.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A task's part of a repository.
final class FakePlot {
  final String lineage;
  final TaskId task;
  final FakeCommit base;
  final SortedMap<Integer, FakeCommit> snapshots = new TreeMap<>();
  final SortedMap<Integer, FakeCommit> heads = new TreeMap<>();
  FakeCommit tip;
  int start;
  boolean registered;
  @Nullable SortedMap<String, String> files;
  @Nullable FakeCommit broughtIn;
  final List<String> conflicts = new ArrayList<>();
  private @Nullable String branch;
  private @Nullable FakeCommit aside;

  FakePlot(WorkspaceOrder order, FakeCommit base) {
    this.lineage = order.lineage();
    this.task = order.task();
    this.base = base;
    this.tip = base;
  }

  boolean ownedBy(WorkspaceOrder order) {
    return lineage.equals(order.lineage()) && task.equals(order.task());
  }

  /// What lies in its workspace; nothing where that is not there.
  SortedMap<String, String> there() {
    return files == null ? new TreeMap<>() : files;
  }

  List<String> dirty() {
    return files == null ? List.of() : FakeCommit.changed(head().files(), files);
  }

  /// Where its workspace stands: on the task's branch, or on one of its own.
  FakeCommit head() {
    return aside == null ? tip : aside;
  }

  /// A commit on the branch on which its workspace stands.
  void advance(FakeCommit to) {
    if (aside == null) {
      tip = to;
    } else {
      aside = to;
    }
  }

  void branchOff(String name, FakeCommit at) {
    branch = name;
    aside = at;
    files = new TreeMap<>(at.files());
  }

  /// Where its workspace stands instead, unless that goes on from the task's branch.
  Optional<String> comeBack() {
    if (!head().contains(tip)) {
      return Optional.of("refs/heads/" + branch);
    }
    tip = head();
    aside = null;
    return Optional.empty();
  }

  void forgetBranch() {
    aside = null;
  }

  /// One of its commits, old ones too.
  FakeCommit commit(String id) {
    return Stream.of(snapshots.values().stream(), heads.values().stream(), Stream.of(tip, base))
        .flatMap(it -> it)
        .flatMap(it -> Stream.iterate(Optional.of(it), Optional::isPresent, FakeCommit::before))
        .flatMap(Optional::stream)
        .filter(it -> it.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /// The newest snapshot, where it belongs over the branch as it is.
  Optional<FakeCommit> restorable() {
    return newestSnapshot().filter(it -> it.parents().getFirst().equals(tip));
  }

  Optional<FakeCommit> newestSnapshot() {
    SortedMap<Integer, FakeCommit> recent = snapshots.tailMap(start);
    return recent.isEmpty() ? Optional.empty() : Optional.ofNullable(recent.get(recent.lastKey()));
  }
}
