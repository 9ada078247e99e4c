package io.salvor.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Directories that only their owner may look into: briefs and what agents say are nobody else's
/// business.
final class PrivateDirectory {
  private PrivateDirectory() {}

  /// Makes the directory and those above it, where they are not there; what is there is left as it
  /// is.
  static void make(Path directory) throws IOException {
    Files.createDirectories(
        directory.toAbsolutePath(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// Makes the directory that a file lies in.
  static void makeFor(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      make(parent);
    }
  }
}
