package io.salvor.git;

import java.nio.file.Path;
import java.util.List;

/// Where a git command works; always spelled out, since discovery from a damaged workspace finds
/// its neighbour.
///
/// @param options what goes between `git` and the command
record GitPlace(List<String> options) {
  GitPlace {
    options = List.copyOf(options);
  }

  /// The repository that git itself finds at `root`, ownership checks included.
  static GitPlace at(Path root) {
    return new GitPlace(List.of("-C", root.toString()));
  }

  /// One checkout: its own git directory and the files beside it.
  static GitPlace checkout(Path gitDir, Path files) {
    return new GitPlace(
        List.of("-C", files.toString(), "--git-dir=" + gitDir, "--work-tree=" + files));
  }

  /// A git directory without regard to its files.
  static GitPlace gitDir(Path gitDir) {
    return new GitPlace(List.of("-C", gitDir.toString(), "--git-dir=" + gitDir));
  }
}
