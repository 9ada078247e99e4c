package io.salvor.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Walks a workspace for what git's status does not show: nested repositories, special and
/// unreadable files.
final class Survey {
  private static final int ENOUGH = 20;

  private Survey() {}

  /// One sentence for each, at most 20.
  static List<String> of(Path workspace) throws IOException {
    var found = new ArrayList<String>();
    Files.walkFileTree(
        workspace,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            if (!dir.equals(workspace)
                && Files.exists(dir.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
              found.add(workspace.relativize(dir) + " is a repository of its own");
              return next(FileVisitResult.SKIP_SUBTREE);
            }
            return next(FileVisitResult.CONTINUE);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isOther()) {
              found.add(workspace.relativize(file) + " is a special file");
            }
            return next(FileVisitResult.CONTINUE);
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            found.add(workspace.relativize(file) + " cannot be read");
            return next(FileVisitResult.CONTINUE);
          }

          private FileVisitResult next(FileVisitResult otherwise) {
            return found.size() < ENOUGH ? otherwise : FileVisitResult.TERMINATE;
          }
        });
    return found;
  }
}
