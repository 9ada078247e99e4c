package io.salvor.git;

import io.salvor.domain.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What git knows of one linked worktree.
///
/// @param privateDir the worktree's own git directory, below `worktrees` in the repository
/// @param files where the checkout is said to be
/// @param lockReason why `git worktree lock` holds it; empty where it is not locked
/// @param owner written beside it by Salvor once the workspace is complete
record Registration(
    Path privateDir, Path files, Optional<String> lockReason, Optional<Owner> owner) {
  static final String OWNER_FILE = "salvor-owner";
  static final String LOCK_FILE = "locked";

  /// All worktrees of a repository, by the name of their git directory.
  static List<Registration> all(ProjectRepository repository) throws IOException {
    var found = new ArrayList<Registration>();
    try (DirectoryStream<Path> directories =
        Files.newDirectoryStream(repository.registrationsDir())) {
      for (Path directory : directories) {
        read(directory).ifPresent(found::add);
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    }
    found.sort(Comparator.comparing(Registration::privateDir));
    return found;
  }

  private static Optional<Registration> read(Path directory) throws IOException {
    Optional<String> pointer = text(directory.resolve("gitdir"));
    if (pointer.isEmpty() || pointer.get().isEmpty()) {
      return Optional.empty();
    }
    Path gitFile = directory.resolve(pointer.get()).normalize();
    Path files = gitFile.getParent();
    if (files == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Registration(
            directory,
            files,
            text(directory.resolve(LOCK_FILE)),
            text(directory.resolve(OWNER_FILE)).flatMap(Owner::parse)));
  }

  private static Optional<String> text(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException | NotDirectoryException _) {
      return Optional.empty();
    }
  }

  /// Who is making it, or has made it.
  Optional<Owner> claimant() {
    return owner.or(() -> lockReason.flatMap(Owner::parse));
  }

  /// Whether its making was never finished.
  boolean halfMade() {
    return owner.isEmpty() && lockReason.flatMap(Owner::parse).isPresent();
  }

  /// Whether someone other than Salvor locked it.
  boolean lockedByOthers() {
    return lockReason.isPresent() && lockReason.flatMap(Owner::parse).isEmpty();
  }

  boolean present() {
    return Files.isDirectory(files);
  }

  /// Whether the checkout leads back to this registration.
  boolean linked() throws IOException {
    return GitDirs.pointedAt(files.resolve(".git")).filter(this::isPrivateDir).isPresent();
  }

  private boolean isPrivateDir(Path pointed) {
    try {
      return Files.isSameFile(pointed, privateDir);
    } catch (IOException _) {
      return false;
    }
  }

  Optional<String> branch() throws IOException {
    return HeadFile.branch(privateDir);
  }

  GitPlace place() {
    return GitPlace.checkout(privateDir, files);
  }

  Path indexLock() {
    return privateDir.resolve("index.lock");
  }

  Optional<Workspaces.Registered> listed() {
    return claimant()
        .map(by ->
            new Workspaces.Registered(by.display(), by.lineage(), files.toString(), present()));
  }
}
