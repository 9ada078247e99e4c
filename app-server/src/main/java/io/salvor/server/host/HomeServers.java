package io.salvor.server.host;

import io.salvor.sqlite.HomeLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Finds the servers that hold a home, by the lock file that they keep open (Linux). A lock file
/// that was deleted meanwhile is still theirs, and is found too.
public final class HomeServers {
  private static final Path PROC = Path.of("/proc");
  private static final String MAIN_CLASS = "io.salvor.server.Main";

  private HomeServers() {}

  /// Their pids; none where none runs, or where this host does not tell.
  public static List<Long> on(Path home) throws IOException {
    var found = new ArrayList<Long>();
    if (!Files.isDirectory(PROC) || !Files.isDirectory(home)) {
      return found;
    }
    String lock = HomeLock.fileIn(home.toRealPath()).toString();
    try (Stream<Path> processes = Files.list(PROC)) {
      for (Path process : (Iterable<Path>) processes::iterator) {
        String name = process.getFileName().toString();
        if (name.matches("\\d+") && isServer(process) && holds(process, lock)) {
          found.add(Long.parseLong(name));
        }
      }
    }
    found.sort(null);
    return found;
  }

  private static boolean isServer(Path process) {
    try {
      byte[] command = Files.readAllBytes(process.resolve("cmdline"));
      return new String(command, StandardCharsets.ISO_8859_1).contains("\0" + MAIN_CLASS + "\0");
    } catch (IOException gone) {
      return false;
    }
  }

  private static boolean holds(Path process, String lock) {
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return files.anyMatch(it -> {
        try {
          String target = Files.readSymbolicLink(it).toString();
          return target.equals(lock) || target.equals(lock + " (deleted)");
        } catch (IOException gone) {
          return false;
        }
      });
    } catch (IOException notOurs) {
      return false;
    }
  }
}
