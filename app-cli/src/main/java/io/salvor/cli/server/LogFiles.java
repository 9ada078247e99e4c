package io.salvor.cli.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/// The server's log files, oldest first: `salvor.log` and what it was rolled into, `salvor.*.log`.
final class LogFiles {
  private static final String CURRENT = "salvor.log";

  private final Path folder;
  private long offset;
  private String torn = "";

  LogFiles(Path folder) {
    this.folder = folder;
  }

  boolean isEmpty() throws IOException {
    return files().isEmpty();
  }

  /// The last lines of all files together; [#news] goes on after them.
  List<String> last(int count) throws IOException {
    Deque<String> last = new ArrayDeque<>();
    for (Path file : files()) {
      try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
        lines.forEach(line -> {
          last.addLast(line);
          if (last.size() > count) {
            last.removeFirst();
          }
        });
      }
    }
    Path current = folder.resolve(CURRENT);
    offset = Files.exists(current) ? Files.size(current) : 0;
    return last.stream().map(LogFiles::utf8).toList();
  }

  /// Whole lines that came since; from the beginning where the file was rolled.
  List<String> news() throws IOException {
    Path current = folder.resolve(CURRENT);
    if (!Files.exists(current)) {
      return List.of();
    }
    List<String> news = new ArrayList<>();
    try (var file = new RandomAccessFile(current.toFile(), "r")) {
      if (file.length() < offset) {
        offset = 0;
        torn = "";
      }
      file.seek(offset);
      byte[] bytes = new byte[(int) Math.min(file.length() - offset, 1 << 20)];
      file.readFully(bytes);
      offset += bytes.length;
      String text = torn + new String(bytes, StandardCharsets.ISO_8859_1);
      int end = text.lastIndexOf('\n') + 1;
      torn = text.substring(end);
      text.substring(0, end).lines().map(LogFiles::utf8).forEach(news::add);
    }
    return news;
  }

  private static String utf8(String line) {
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
