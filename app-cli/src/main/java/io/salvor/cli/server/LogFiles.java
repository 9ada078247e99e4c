package io.salvor.cli.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The server's log files, oldest first: `salvor.log` and what it was rolled into, `salvor.*.log`.
final class LogFiles {
  static final String CURRENT = "salvor.log";

  private final Path folder;

  LogFiles(Path folder) {
    this.folder = folder;
  }

  boolean isEmpty() throws IOException {
    return files().isEmpty();
  }

  /// The last lines of all files together that are wanted.
  List<String> last(int count, Predicate<String> wanted) throws IOException {
    Deque<String> last = new ArrayDeque<>();
    for (Path file : files()) {
      try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
        lines
            .map(LogFiles::utf8)
            .filter(wanted)
            .forEach(line -> {
              last.addLast(line);
              if (last.size() > count) {
                last.removeFirst();
              }
            });
      }
    }
    return List.copyOf(last);
  }

  /// A line that was read byte by byte.
  static String utf8(String line) {
    return new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("salvor(\\..*)?\\.log"))
          .sorted(Comparator.comparingLong(LogFiles::modified))
          .toList();
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException rolledAway) {
      return 0;
    }
  }
}
