package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Takes a task back to its base, once per attempt, after everything earlier is kept.
final class FreshStart {
  private final Git git;
  private final Snapshots snapshots;
  private final OwnBranch ownBranch;

  FreshStart(Git git, Snapshots snapshots, OwnBranch ownBranch) {
    this.git = git;
    this.snapshots = snapshots;
    this.ownBranch = ownBranch;
  }

  static boolean done(Site site, int attempt) throws IOException {
    return site.refs().exists(site.names().start(attempt));
  }

  /// Keeps commits and uncommitted work. When that is recorded as done it is not done again: the
  /// files may be half-way back to the base by then.
  void keepEarlier(Site site, Optional<Registration> standing, int attempt, ObjectId base)
      throws IOException, Unworkable {
    if (site.refs().exists(site.names().reset(attempt))) {
      return;
    }
    if (standing.isPresent()) {
      requireAllKept(
          site,
          snapshots.take(
              site, standing.get(), attempt - 1, Covering.overwritten(git, standing.get(), base)));
    }
    Optional<ObjectId> tip = site.tip();
    if (tip.isPresent() && !tip.get().equals(base)) {
      Keeping.keep(site, site.names().head(attempt - 1), tip.get());
    }
    site.refs().create(site.names().reset(attempt), base);
  }

  private static void requireAllKept(Site site, Snapshots.Taken taken) throws Unworkable {
    var destroyed = taken.leftOut().stream().filter(path -> !path.endsWith("/")).toList();
    if (!destroyed.isEmpty()) {
      throw new Unworkable(
          Kind.GIT_FAILED,
          site.path() + " holds what no snapshot can: " + String.join(", ", destroyed),
          "move it away, or resume instead");
    }
  }

  /// Moves the branch while no files depend on it.
  void rewindBranch(Site site, ObjectId tip, ObjectId base) throws IOException {
    if (!site.refs().move(site.names().branch(), tip, base)) {
      throw new GitFailed(site.names().branch() + " moved meanwhile");
    }
  }

  /// Moves branch, index and files. Nested repositories and ignored files stay, and so does
  /// whatever came after the snapshot.
  void rewindFiles(Site site, Registration standing, int attempt, ObjectId base)
      throws IOException, Unworkable {
    Optional<String> series = Undertaking.series(standing.privateDir());
    if (series.isPresent()) {
      git.must(GitCall.write(standing.place(), series.get(), "--quit"));
    }
    if (standing.branch().filter(site.names().branch()::equals).isEmpty()) {
      ownBranch.attach(site, standing);
    }
    HiddenFiles.reveal(git, standing);
    Optional<ObjectId> snapshot = site.refs().read(site.names().wip(attempt - 1));
    if (snapshot.isPresent()) {
      new Clearing(git).clear(standing, snapshot.get());
    }
    git.must(GitCall.write(standing.place(), "reset", "--hard", "--quiet", base.name()));
  }

  void finish(Site site, int attempt, ObjectId base) throws IOException {
    site.refs().create(site.names().start(attempt), base);
    Optional<ObjectId> reset = site.refs().read(site.names().reset(attempt));
    if (reset.isPresent()) {
      site.refs().delete(site.names().reset(attempt), reset.get());
    }
  }
}
