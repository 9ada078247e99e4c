package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// What is found where a task's workspace belongs.
sealed interface Seat {
  /// Nothing, or an empty directory.
  record Free() implements Seat {}

  /// Ours, and its making was cut short: no agent has worked in it yet.
  record HalfMade(Registration registration) implements Seat {}

  /// Ours, complete.
  record Standing(Registration registration) implements Seat {}

  /// Ours, but its files are gone.
  record Missing(Registration registration) implements Seat {}

  /// Files that were a worktree of this repository, whose registration is gone.
  record Orphaned(Path privateDir) implements Seat {}

  /// Not ours, or not ours to touch.
  record Taken(WorkspaceProblem problem) implements Seat {}

  static Seat look(Site site) throws IOException {
    Optional<Registration> registration = Registration.at(site.repository(), site.path());
    if (registration.isPresent()) {
      return registered(site, registration.get());
    }
    return unregistered(site);
  }

  private static Seat registered(Site site, Registration found) throws IOException {
    Optional<Owner> by = found.claimant();
    if (by.isEmpty()) {
      return taken(
          Kind.PATH_OCCUPIED,
          site.path() + " is a worktree that Salvor did not make",
          "git worktree remove " + site.path());
    }
    if (!by.get().equals(site.owner())) {
      return taken(Kind.FOREIGN_OWNER, site.path() + " belongs to " + by.get().named(), "");
    }
    if (found.halfMade()) {
      return new HalfMade(found);
    }
    if (found.present() && !isEmpty(found.files())) {
      return new Standing(found);
    }
    return found.lockedByOthers()
        ? taken(
            Kind.LOCKED,
            "the files of "
                + site.path()
                + " are gone, but its worktree is locked: "
                + found.lockReason().orElse(""),
            "git worktree unlock " + site.path())
        : new Missing(found);
  }

  private static Seat unregistered(Site site) throws IOException {
    Path path = site.path();
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return new Free();
    }
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      if (isEmpty(path)) {
        return new Free();
      }
      Optional<Path> pointed =
          GitDirs.pointedAt(path.resolve(".git"))
              .filter(dir -> site.repository().registrationsDir().equals(dir.getParent()))
              .filter(dir -> !Files.exists(dir));
      if (pointed.isPresent()) {
        return new Orphaned(pointed.get());
      }
    }
    return taken(
        Kind.PATH_OCCUPIED, path + " exists and is not a workspace", "move " + path + " away");
  }

  static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return !entries.iterator().hasNext();
    }
  }

  private static Seat taken(Kind kind, String detail, String hint) {
    return new Taken(new WorkspaceProblem(kind, detail, hint));
  }
}
