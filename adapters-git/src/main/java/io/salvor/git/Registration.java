package io.salvor.git;

import io.salvor.domain.workspace.Workspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
record Registration(Path privateDir, Path files, Optional<String> lockReason, Optional<Owner> owner)
    implements Checkout {
  static final String OWNER_FILE = "salvor-owner";
  static final String LOCK_FILE = "locked";

  /// All worktrees of a repository, by the name of their git directory.
  static List<Registration> all(ProjectRepository repository) throws IOException {
    var found = new ArrayList<Registration>();
    for (Path directory : directories(repository)) {
      Optional<Path> files = files(directory);
      if (files.isPresent()) {
        found.add(read(directory, files.get()));
      }
    }
    return found;
  }

  /// The worktree whose files are said to be at `path`.
  static Optional<Registration> at(ProjectRepository repository, Path path) throws IOException {
    // Git names a worktree's directory after its files; a person may have moved them.
    Path likely = repository.registrationsDir().resolve(String.valueOf(path.getFileName()));
    if (files(likely).filter(path::equals).isPresent()) {
      return Optional.of(read(likely, path));
    }
    for (Path directory : directories(repository)) {
      if (files(directory).filter(path::equals).isPresent()) {
        return Optional.of(read(directory, path));
      }
    }
    return Optional.empty();
  }

  /// The worktrees whose HEAD stands on `branch`, a full name.
  static List<Registration> on(ProjectRepository repository, String branch) throws IOException {
    var found = new ArrayList<Registration>();
    for (Path directory : directories(repository)) {
      if (HeadFile.branch(directory).filter(branch::equals).isPresent()) {
        Optional<Path> files = files(directory);
        if (files.isPresent()) {
          found.add(read(directory, files.get()));
        }
      }
    }
    return found;
  }

  private static List<Path> directories(ProjectRepository repository) throws IOException {
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(repository.registrationsDir())) {
      entries.forEach(found::add);
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  /// Empty also where it is said in bytes that are no path here: such a worktree is not ours.
  private static Optional<Path> files(Path directory) throws IOException {
    try {
      return text(directory.resolve("gitdir"))
          .filter(pointer -> !pointer.isEmpty() && pointer.indexOf('\uFFFD') < 0)
          .map(pointer -> directory.resolve(pointer).normalize())
          .flatMap(gitFile -> Optional.ofNullable(gitFile.getParent()));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private static Registration read(Path directory, Path files) throws IOException {
    return new Registration(
        directory,
        files,
        text(directory.resolve(LOCK_FILE)),
        text(directory.resolve(OWNER_FILE)).flatMap(Owner::parse));
  }

  private static Optional<String> text(Path file) throws IOException {
    try {
      // A stranger's may be in any encoding, and is no reason to fail.
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException | NotDirectoryException _) {
      return Optional.empty();
    }
  }

  /// The same after its files were renamed; git is not told.
  Registration movedTo(Path elsewhere) {
    return new Registration(privateDir, elsewhere, lockReason, owner);
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

  @Override
  public Path gitDir() {
    return privateDir;
  }

  Path indexLock() {
    return privateDir.resolve("index.lock");
  }

  /// Makes git forget the worktree, in one step.
  void forget(ProjectRepository repository) throws IOException {
    Trees.deleteAtOnce(privateDir, repository.commonDir().resolve("salvor-forgotten"));
  }

  Optional<Workspaces.Registered> listed() {
    return claimant()
        .map(by ->
            new Workspaces.Registered(by.display(), by.lineage(), files.toString(), present()));
  }
}
