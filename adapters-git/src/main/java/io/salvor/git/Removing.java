package io.salvor.git;

import io.salvor.domain.workspace.Removal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ReflogEntry;
import org.eclipse.jgit.lib.ReflogReader;

/// Removes a workspace in which nothing is that could not be had back; the caller holds the
/// repository.
///
/// The directory is first renamed out of the way, in one step: a crash leaves either all of it or
/// nothing of it.
final class Removing {
  private static final int IGNORED_LISTED = 100;

  private final Git git;
  private final Snapshots snapshots;
  private final Making making;
  private final LiveProcesses processes;
  private final Steps steps;

  Removing(Git git, Snapshots snapshots, Making making, LiveProcesses processes, Steps steps) {
    this.git = git;
    this.snapshots = snapshots;
    this.making = making;
    this.processes = processes;
    this.steps = steps;
  }

  Removal remove(Site site) throws IOException {
    Seat seat = Seat.look(site);
    if (!site.ours()) {
      return seat instanceof Seat.Free
          ? new Removal.NotThere()
          : new Removal.Kept(List.of(site.path() + " is not known to belong to this task"));
    }
    if (Files.isDirectory(aside(site))) {
      return goOn(site, seat);
    }
    return switch (seat) {
      case Seat.Free() -> new Removal.NotThere();
      case Seat.HalfMade(var halfMade) -> {
        making.discard(site, halfMade);
        yield new Removal.Removed(List.of());
      }
      case Seat.Missing(var missing) -> removeRegistration(site, missing);
      case Seat.Standing(var standing) -> removeAll(site, standing);
      case Seat.Orphaned(var privateDir) ->
          new Removal.Kept(
              List.of(site.path() + " lost its registration " + privateDir.getFileName()));
      case Seat.Taken(var problem) -> new Removal.Kept(List.of(problem.detail()));
    };
  }

  private Removal removeRegistration(Site site, Registration missing) throws IOException {
    var reasons = new ArrayList<String>();
    lock(missing).ifPresent(reasons::add);
    head(site, missing).ifPresent(reasons::add);
    if (!git.run(
            GitCall.read(
                GitPlace.gitDir(missing.privateDir()), "diff-index", "--cached", "--quiet", "HEAD"))
        .ok()) {
      reasons.add("its files are gone, but something is staged");
    }
    if (!reasons.isEmpty()) {
      return new Removal.Kept(reasons);
    }
    missing.forget(site.repository());
    steps.passed("registration removed");
    return new Removal.Removed(List.of());
  }

  private Removal removeAll(Site site, Registration standing) throws IOException {
    Status status = Status.withIgnored(git, standing).without(site.copied());
    List<String> reasons = reasons(site, standing, status);
    if (!reasons.isEmpty()) {
      return new Removal.Kept(reasons);
    }
    Path aside = aside(site);
    Files.move(standing.files(), aside, StandardCopyOption.ATOMIC_MOVE);
    steps.passed("workspace set aside");
    List<String> late = late(site, standing, aside);
    if (!late.isEmpty()) {
      return new Removal.Kept(late);
    }
    standing.forget(site.repository());
    steps.passed("registration removed");
    Trees.delete(aside);
    steps.passed("workspace deleted");
    return new Removal.Removed(
        Stream.concat(status.copied().stream(), status.ignored().stream())
            .limit(IGNORED_LISTED)
            .toList());
  }

  /// What came between the first look and the renaming. Where there is something, the workspace is
  /// put back.
  private List<String> late(Site site, Registration standing, Path aside) throws IOException {
    Registration moved = standing.movedTo(aside);
    var reasons = new ArrayList<String>();
    boolean nothing = false;
    try {
      head(site, moved).ifPresent(reasons::add);
      reasons.addAll(Survey.of(aside));
      Status status = Status.of(git, moved).without(site.copied());
      uncommitted(site, moved, status).ifPresent(reasons::add);
      nothing = reasons.isEmpty();
    } finally {
      if (!nothing) {
        Files.move(aside, standing.files(), StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return reasons;
  }

  private List<String> reasons(Site site, Registration standing, Status status) throws IOException {
    var reasons = new ArrayList<String>();
    lock(standing).ifPresent(reasons::add);
    for (long pid : processes.workingIn(standing.files())) {
      reasons.add("process " + pid + " works in it");
    }
    if (!standing.linked()) {
      reasons.add("its .git does not lead back to the repository");
      return reasons;
    }
    if (Files.exists(standing.indexLock())) {
      reasons.add("its index is locked");
    }
    Undertaking.in(standing.privateDir())
        .ifPresent(what -> reasons.add("it is in the middle of " + what));
    head(site, standing).ifPresent(reasons::add);
    stash(site).ifPresent(reasons::add);
    reasons.addAll(Survey.of(standing.files()));
    uncommitted(site, standing, status).ifPresent(reasons::add);
    return reasons;
  }

  private static Optional<String> lock(Registration registration) {
    return registration.lockedByOthers()
        ? Optional.of("it is locked: " + registration.lockReason().orElse(""))
        : Optional.empty();
  }

  /// Commits that only this worktree's HEAD leads to.
  private static Optional<String> head(Site site, Registration registration) throws IOException {
    if (registration.branch().isPresent()) {
      return site.head(registration).isPresent()
          ? Optional.empty()
          : Optional.of("its branch " + registration.branch().get() + " is gone");
    }
    Optional<ObjectId> head = site.head(registration);
    if (head.isEmpty()) {
      return Optional.of("its HEAD cannot be read");
    }
    for (String kept : List.of("refs/heads/", RefNames.SALVOR, "refs/tags/")) {
      for (ObjectId tip : site.refs().under(kept).values()) {
        if (site.history().isCommit(tip) && site.history().contains(tip, head.get())) {
          return Optional.empty();
        }
      }
    }
    return Optional.of("its HEAD " + head.get().name() + " is on no branch");
  }

  /// Git names the branch in a stash's message: `WIP on <branch>: ` or `On <branch>: `.
  private static Optional<String> stash(Site site) throws IOException {
    ReflogReader log = site.repository().jgit().getRefDatabase().getReflogReader("refs/stash");
    if (log == null) {
      return Optional.empty();
    }
    String branch = "n " + site.names().shortBranch() + ":";
    for (ReflogEntry entry : log.getReverseEntries()) {
      if (entry.getComment().contains(branch)) {
        return Optional.of("a stash was made in it: " + entry.getComment());
      }
    }
    return Optional.empty();
  }

  private Optional<String> uncommitted(Site site, Registration standing, Status status)
      throws IOException {
    if (status.clean()) {
      return Optional.empty();
    }
    if (status.cut()) {
      return Optional.of("more uncommitted files than can be told");
    }
    Snapshots.Contents contents = snapshots.read(standing, status);
    Optional<ObjectId> snapshot = site.newestSnapshot();
    if (contents.leftOut().isEmpty()
        && snapshot.isPresent()
        && Snapshots.holds(site, snapshot.get(), site.head(standing), contents)) {
      return Optional.empty();
    }
    return Optional.of(
        status.changes().size()
            + " uncommitted files are in no snapshot: "
            + String.join(", ", status.paths().stream().limit(10).toList()));
  }

  private static Path aside(Site site) {
    return site.path().resolveSibling("." + site.path().getFileName() + ".salvor-removed");
  }

  /// Ends an earlier removal that a crash cut short. While it is registered, what was set aside is
  /// whole and may not have been looked at again; after that it had been found dispensable.
  private Removal goOn(Site site, Seat seat) throws IOException {
    if (seat instanceof Seat.Missing(var missing)) {
      List<String> late = late(site, missing, aside(site));
      if (!late.isEmpty()) {
        return new Removal.Kept(late);
      }
      missing.forget(site.repository());
    }
    Trees.delete(aside(site));
    return seat instanceof Seat.Free || seat instanceof Seat.Missing
        ? new Removal.Removed(List.of())
        : remove(site);
  }
}
