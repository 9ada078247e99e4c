package io.salvor.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real git repository with one commit on `main`, checked out.
public final class ScratchProject {
  private final Path root;

  private ScratchProject(Path root) {
    this.root = root;
  }

  /// Makes one in `directory`, which is not there yet.
  public static ScratchProject in(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var project = new ScratchProject(directory);
    project.git("init", "-q", "-b", "main");
    project.git("config", "user.name", "Scratch");
    project.git("config", "user.email", "scratch@example.invalid");
    project.commit("README.md", "A scratch project.\n");
    return project;
  }

  public Path root() {
    return root;
  }

  /// Runs git in the main checkout.
  public String git(String... arguments) {
    return git(root, arguments);
  }

  /// Runs git in a worktree.
  public static String git(Path directory, String... arguments) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return Shell.succeed(directory, command.toArray(String[]::new));
  }

  /// Writes a file and commits it on the branch that is checked out.
  ///
  /// @return the new commit
  public String commit(String file, String content) {
    return commit(root, file, content);
  }

  /// The same in a worktree.
  public static String commit(Path directory, String file, String content) {
    write(directory.resolve(file), content);
    git(directory, "add", "--", file);
    git(directory, "commit", "-q", "-m", "Change " + file);
    return git(directory, "rev-parse", "HEAD");
  }

  /// Writes a file.
  public static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
