package io.salvor.process.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where a commit in a linked worktree writes outside of it, and nowhere else: neither the
/// configuration nor the hooks, index, HEAD or other branches of the main repository (Z17).
final class GitFolders {
  private GitFolders() {}

  /// The folders, absolute, as far as they exist; none where `worktree` is not a linked one on a
  /// branch.
  static List<Path> ofCommit(Path worktree) {
    try {
      Path own = pointedTo(worktree.resolve(".git"), "gitdir: ");
      Path common = pointedTo(own.resolve("commondir"), "");
      String head = Files.readString(own.resolve("HEAD")).strip();
      List<Path> folders = new ArrayList<>(List.of(own, common.resolve("objects")));
      if (head.startsWith("ref: refs/heads/")) {
        Path branch = Path.of(head.substring("ref: ".length()));
        // a repository that has packed its refs keeps no folder for them
        folders.add(Files.createDirectories(common.resolve(branch).getParent()));
        folders.add(common.resolve("logs").resolve(branch).getParent());
      }
      folders.add(common.resolve("reftable"));
      return folders.stream().filter(Files::isDirectory).toList();
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
  }

  private static Path pointedTo(Path file, String mark) throws IOException {
    String text = Files.readString(file).strip();
    if (!text.startsWith(mark)) {
      throw new IOException(file + " does not point anywhere");
    }
    return file.resolveSibling(text.substring(mark.length())).normalize();
  }
}
