package io.salvor.server.backup;

import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Copies of what is left of a store, in every way in which it may be meant to be read: SQLite
/// opens the copies, so that the files themselves stay as they were found. What each file is, its
/// first bytes say, whatever its name.
final class StoreFragments {
  private static final byte[] DATABASE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private StoreFragments() {}

  /// Makes the copies in a folder; those that are the likelier ones first.
  static List<Path> copied(StoreFiles files, Path folder) throws IOException {
    Path database = files.database();
    List<Path> databases = new ArrayList<>();
    List<Path> logs = new ArrayList<>();
    for (String suffix : List.of("", "-wal", "-shm")) {
      Path file = database.resolveSibling(database.getFileName() + suffix);
      if (Files.isRegularFile(file)) {
        byte[] head = head(file);
        if (Arrays.equals(head, DATABASE)) {
          databases.add(file);
        } else if (isLog(head)) {
          logs.add(file);
        }
      }
    }
    List<Path> copies = new ArrayList<>();
    for (Path file : databases) {
      for (Path log : logs) {
        Path copy = copy(file, folder, copies.size());
        Files.copy(log, copy.resolveSibling(copy.getFileName() + "-wal"));
        copies.add(copy);
      }
      copies.add(copy(file, folder, copies.size()));
    }
    return copies;
  }

  private static Path copy(Path file, Path folder, int number) throws IOException {
    Path copy = folder.resolve("fragment-" + number + ".db");
    Files.copy(file, copy);
    return copy;
  }

  private static byte[] head(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(DATABASE.length);
    }
  }

  /// A write-ahead log begins with 0x377f0682 or 0x377f0683.
  private static boolean isLog(byte[] head) {
    return head.length >= 4
        && head[0] == 0x37
        && head[1] == 0x7f
        && head[2] == 0x06
        && (head[3] & 0xfe) == 0x82;
  }
}
