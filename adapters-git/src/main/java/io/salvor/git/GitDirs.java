package io.salvor.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A repository's directories as found from some directory in or below it; all canonical.
///
/// @param common where refs and objects lie
/// @param files the checkout that was found; empty where a git directory itself was
/// @param own where the HEAD of what was found lies; not `common` in a linked worktree
record GitDirs(Path common, Optional<Path> files, Path own) {

  /// Whether a linked worktree was found.
  boolean linked() {
    return !own.equals(common);
  }

  /// Looks in `start`, which is canonical, and then in what it lies in.
  static Optional<GitDirs> find(Path start) throws IOException {
    for (Path directory = start; directory != null; directory = directory.getParent()) {
      Optional<GitDirs> found = look(directory);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<GitDirs> look(Path directory) throws IOException {
    Path inside = directory.resolve(".git");
    if (Files.isDirectory(inside) && isGitDir(inside)) {
      return Optional.of(of(inside, Optional.of(directory)));
    }
    Optional<Path> pointed = pointedAt(inside);
    if (pointed.isPresent() && isGitDir(pointed.get())) {
      return Optional.of(of(pointed.get(), Optional.of(directory)));
    }
    return isGitDir(directory) ? Optional.of(of(directory, Optional.empty())) : Optional.empty();
  }

  private static GitDirs of(Path gitDir, Optional<Path> files) throws IOException {
    Path pointer = gitDir.resolve("commondir");
    boolean linked = Files.isRegularFile(pointer);
    Path common = linked ? gitDir.resolve(Files.readString(pointer).strip()) : gitDir;
    return new GitDirs(common.toRealPath(), files, gitDir.toRealPath());
  }

  /// Where a `.git` file leads.
  static Optional<Path> pointedAt(Path gitFile) throws IOException {
    if (!Files.isRegularFile(gitFile) || Files.size(gitFile) > 1 << 16) {
      return Optional.empty();
    }
    String text = Files.readString(gitFile).strip();
    return text.startsWith("gitdir:")
        ? Optional.of(
            gitFile.resolveSibling(text.substring("gitdir:".length()).strip()).normalize())
        : Optional.empty();
  }

  private static boolean isGitDir(Path directory) {
    return Files.exists(directory.resolve("HEAD"))
        && (Files.exists(directory.resolve("commondir"))
            || (Files.isDirectory(directory.resolve("objects"))
                && Files.isDirectory(directory.resolve("refs"))));
  }
}
