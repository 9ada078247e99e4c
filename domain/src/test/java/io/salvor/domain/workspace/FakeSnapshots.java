package io.salvor.domain.workspace;

import java.util.List;
import java.util.Optional;

/// Commits of what is not committed, beside a task's branch.
final class FakeSnapshots {
  private final FakeCommits commits;

  FakeSnapshots(FakeCommits commits) {
    this.commits = commits;
  }

  static WorkspaceSummary inspect(FakePlot plot) {
    return plot.files == null ? gone(plot) : summary(plot, plot.dirty().size(), Optional.empty());
  }

  /// Whether the newest snapshot holds all that is in the workspace.
  static boolean saved(FakePlot plot) {
    return plot.newestSnapshot()
        .filter(found -> found.files().equals(plot.there()))
        .filter(found -> found.parents().contains(plot.head()))
        .isPresent();
  }

  WorkspaceSummary take(FakePlot plot, int attempt) {
    if (plot.files == null) {
      return gone(plot);
    }
    Optional<FakeCommit> saved = save(plot, attempt);
    Optional<String> elsewhere = plot.comeBack();
    return summary(plot, plot.dirty().size(), saved).standing(elsewhere);
  }

  private static WorkspaceSummary gone(FakePlot plot) {
    Optional<FakeCommit> snapshot = plot.restorable();
    int files =
        snapshot.map(it -> FakeCommit.changed(plot.tip.files(), it.files()).size()).orElse(0);
    return summary(plot, files, snapshot);
  }

  private static WorkspaceSummary summary(
      FakePlot plot, int uncommittedFiles, Optional<FakeCommit> snapshot) {
    return new WorkspaceSummary(
        plot.files != null,
        Optional.of(plot.tip.id()),
        plot.tip.ahead(plot.base),
        uncommittedFiles,
        snapshot.map(FakeCommit::id));
  }

  Optional<FakeCommit> save(FakePlot plot, int attempt) {
    if (plot.files == null) {
      return Optional.empty();
    }
    if (plot.dirty().isEmpty()) {
      plot.snapshots.remove(attempt);
      return Optional.empty();
    }
    FakeCommit last = plot.snapshots.get(attempt);
    if (last != null && last.files().equals(plot.files) && last.parents().contains(plot.head())) {
      return Optional.of(last);
    }
    FakeCommit made = commits.make("wip", List.of(plot.head()), plot.files);
    plot.snapshots.put(attempt, made);
    return Optional.of(made);
  }
}
