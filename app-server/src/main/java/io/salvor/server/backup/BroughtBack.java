package io.salvor.server.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file that a home gets back where it has none of its name: whole or not there, also after a
/// loss of power. So what is found there is never half of it, and stays.
final class BroughtBack {
  private BroughtBack() {}

  /// Writes it, unless something of its name is there. The home's lock must be held.
  ///
  /// @param permissions from its first byte on
  static void write(Path file, byte[] bytes, Set<PosixFilePermission> permissions)
      throws IOException {
    Path unfinished = file.resolveSibling(Vault.UNFINISHED + file.getFileName());
    // of a restore that was killed
    Files.deleteIfExists(unfinished);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      fill(unfinished, bytes, permissions);
      Files.move(unfinished, file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    Disk.force(Disk.parent(file));
  }

  private static void fill(Path unfinished, byte[] bytes, Set<PosixFilePermission> permissions)
      throws IOException {
    try (var channel =
        FileChannel.open(
            unfinished,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(permissions))) {
      var left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }
}
