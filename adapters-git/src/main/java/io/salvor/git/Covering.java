package io.salvor.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/// Finds the files that a checkout of some commit would overwrite although git does not track them
/// in the workspace: an agent has untracked them, and may ignore them since.
final class Covering {
  private Covering() {}

  /// Paths relative to the workspace: files, and directories that hold a repository of their own.
  static List<String> overwritten(Git git, Registration standing, ObjectId commit)
      throws IOException {
    List<String> untracked =
        git.must(
                GitCall.read(
                    standing.place(),
                    "diff-index",
                    "--cached",
                    "--diff-filter=D",
                    "--no-renames",
                    "--name-only",
                    "-z",
                    commit.name()))
            .parts();
    var found = new ArrayList<String>();
    for (String path : untracked) {
      add(standing.files(), path, found);
    }
    return found.stream().distinct().toList();
  }

  /// What lies at `path`, below it, or where it has a directory.
  private static void add(Path files, String path, List<String> found) throws IOException {
    Path target = files.resolve(path);
    Path there = files;
    for (Path part : files.relativize(target)) {
      there = there.resolve(part);
      if (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      if (!Files.isDirectory(there, LinkOption.NOFOLLOW_LINKS)) {
        found.add(files.relativize(there).toString());
        return;
      }
    }
    try (var walk = Files.walk(target)) {
      List<Path> below = walk.toList();
      if (below.stream().anyMatch(file -> file.endsWith(".git"))) {
        found.add(path);
        return;
      }
      below.stream()
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> files.relativize(file).toString())
          .forEach(found::add);
    }
  }
}
