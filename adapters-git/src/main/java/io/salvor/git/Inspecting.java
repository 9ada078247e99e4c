package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceSummary;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Looks at a workspace.
final class Inspecting {
  private final Git git;

  Inspecting(Git git) {
    this.git = git;
  }

  WorkspaceSummary inspect(Site site) throws IOException {
    Optional<Registration> standing = standing(site);
    return standing.isPresent()
        ? summary(site, true, uncommitted(site, standing.get()), Optional.empty())
        : gone(site);
  }

  private int uncommitted(Site site, Registration standing) throws IOException {
    return Status.of(git, standing).without(site.copied()).changes().size();
  }

  /// Files that a merge left with both sides in them.
  List<String> unresolved(Site site) throws IOException {
    Optional<Registration> standing = standing(site);
    return standing.isEmpty()
        ? List.of()
        : Status.of(git, standing.get()).changes().stream()
            .filter(Status.Change::unmerged)
            .map(Status.Change::path)
            .sorted()
            .toList();
  }

  /// The workspace, if it is there, complete and ours.
  static Optional<Registration> standing(Site site) throws IOException {
    return site.ours() && Seat.look(site) instanceof Seat.Standing(var registration)
        ? Optional.of(registration)
        : Optional.empty();
  }

  /// Where the workspace is not there: what a rebuilt one would hold.
  static WorkspaceSummary gone(Site site) throws IOException {
    Optional<ObjectId> snapshot = site.restorable();
    int files =
        snapshot.isPresent()
            ? site.history().changedFiles(site.tip().orElseThrow(), snapshot.get())
            : 0;
    return summary(site, false, files, snapshot);
  }

  static WorkspaceSummary summary(
      Site site, boolean present, int uncommittedFiles, Optional<ObjectId> snapshot)
      throws IOException {
    if (!site.ours()) {
      return WorkspaceSummary.NONE;
    }
    Optional<ObjectId> tip = site.tip();
    Optional<ObjectId> base = site.base();
    int ahead =
        tip.isPresent() && base.isPresent() ? site.history().ahead(base.get(), tip.get()) : 0;
    return new WorkspaceSummary(
        present, tip.map(ObjectId::name), ahead, uncommittedFiles, snapshot.map(ObjectId::name));
  }
}
