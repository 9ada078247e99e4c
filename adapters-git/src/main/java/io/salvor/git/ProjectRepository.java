package io.salvor.git;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.text.ShellWord;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// An open repository that tasks work on. Used by one thread, then closed.
final class ProjectRepository implements AutoCloseable {
  private final Path root;
  private final GitDirs dirs;
  private final boolean bare;
  private final Repository jgit;

  private ProjectRepository(Path root, GitDirs dirs, boolean bare, Repository jgit) {
    this.root = root;
    this.dirs = dirs;
    this.bare = bare;
    this.jgit = jgit;
  }

  /// Opens the repository that `directory` lies in, if it is one that Salvor can work on.
  static ProjectRepository open(Path directory) throws IOException, Unworkable {
    GitDirs dirs = GitDirs.find(canonical(directory)).orElseThrow(() -> notOne(directory));
    Repository jgit =
        new FileRepositoryBuilder()
            .setGitDir(dirs.common().toFile())
            .setBare()
            .setMustExist(true)
            .build();
    try {
      Config config = jgit.getConfig();
      SupportedFormat.require(config, dirs.common());
      boolean bare = isBare(config, dirs);
      Path root = bare ? dirs.common() : mainCheckout(config, dirs, directory);
      return new ProjectRepository(root, dirs, bare, jgit);
    } catch (Unworkable | IOException | RuntimeException e) {
      jgit.close();
      throw e;
    }
  }

  /// Opens the repository whose root this is: where it is gone, none that it may lie in stands in
  /// for it.
  static ProjectRepository at(Path root) throws IOException, Unworkable {
    ProjectRepository found = open(root);
    if (found.root().equals(canonical(root))) {
      return found;
    }
    found.close();
    throw new Unworkable(
        Kind.NOT_A_REPOSITORY,
        root + " is no repository any more (found " + found.root() + " in its place)",
        "bring its git directory back");
  }

  private static Path canonical(Path directory) throws IOException, Unworkable {
    try {
      return directory.toRealPath();
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new Unworkable(
          Kind.NOT_A_REPOSITORY,
          directory + " is not there",
          "bring it back, or name a directory that is in a git repository");
    }
  }

  private static Unworkable notOne(Path directory) {
    return new Unworkable(
        Kind.NOT_A_REPOSITORY,
        directory + " is not in a git repository",
        "git init " + ShellWord.of(directory.toString()));
  }

  private static boolean isBare(Config config, GitDirs dirs) {
    boolean named = ".git".equals(String.valueOf(dirs.common().getFileName()));
    return config.getBoolean("core", "bare", !named && dirs.files().isEmpty());
  }

  private static Path mainCheckout(Config config, GitDirs dirs, Path asked)
      throws IOException, Unworkable {
    if (dirs.files().isPresent() && !dirs.linked()) {
      return dirs.files().get();
    }
    String configured = config.getString("core", null, "worktree");
    if (configured != null) {
      return dirs.common().resolve(configured).toRealPath();
    }
    Path parent = dirs.common().getParent();
    if (parent != null && dirs.common().endsWith(".git")) {
      return parent;
    }
    throw new Unworkable(
        Kind.NOT_A_REPOSITORY,
        asked + " belongs to " + dirs.common() + ", whose main checkout is not known",
        "name the main checkout");
  }

  Path root() {
    return root;
  }

  Path commonDir() {
    return dirs.common();
  }

  boolean bare() {
    return bare;
  }

  Repository jgit() {
    return jgit;
  }

  Refs refs(StaleLocks staleLocks, Steps steps) {
    return new Refs(jgit, staleLocks, steps);
  }

  History history() {
    return new History(jgit);
  }

  /// The main checkout, or the repository itself where it is bare.
  GitPlace main() {
    return bare ? GitPlace.gitDir(commonDir()) : GitPlace.checkout(commonDir(), root);
  }

  /// The branch that is checked out in the main checkout, in full; empty where HEAD is detached.
  Optional<String> mainBranch() throws IOException {
    return HeadFile.branch(commonDir());
  }

  /// The branch that is checked out in the linked worktree from which the repository was found, in
  /// full; empty where it was found from elsewhere, or HEAD is detached there.
  Optional<String> linkedBranch() throws IOException {
    return dirs.linked() ? HeadFile.branch(dirs.own()) : Optional.empty();
  }

  /// Where a task's workspace lies: beside the project.
  Path workspacePath(DisplayId display) {
    Path named = root;
    while (named.getParent() != null && projectName(named).isEmpty()) {
      named = named.getParent();
    }
    Path parent = named.getParent();
    return (parent == null ? named : parent).resolve(projectName(named) + "-" + display);
  }

  private String projectName(Path directory) {
    String name = String.valueOf(directory.getFileName());
    return bare && name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
  }

  /// Where git keeps what belongs to linked worktrees.
  Path registrationsDir() {
    return commonDir().resolve("worktrees");
  }

  @Override
  public void close() {
    jgit.close();
  }
}
