package io.salvor.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Deletes directories with all that is in them.
final class Trees {
  private Trees() {}

  /// Renames a directory out of the way and then deletes it, so that a crash leaves all of it or
  /// nothing in its place.
  ///
  /// @param aside on the same disk; what an earlier crash left there is deleted too
  static void deleteAtOnce(Path directory, Path aside) throws IOException {
    delete(aside);
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
      delete(aside);
    }
  }

  /// Follows no links; a directory that is not there is no trouble.
  static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            var file = dir.toFile();
            if (!file.canWrite() || !file.canExecute() || !file.canRead()) {
              makeOpen(dir);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// A directory without its owner's permissions cannot be emptied.
  private static void makeOpen(Path directory) {
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException | UnsupportedOperationException _) {
      // The deletion says so next.
    }
  }
}
