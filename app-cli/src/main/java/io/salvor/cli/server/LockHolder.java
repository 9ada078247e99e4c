package io.salvor.cli.server;

import io.salvor.cli.session.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds a server that does not answer, by the locks that it holds on files of its home (Linux).
final class LockHolder {
  private static final Path LOCKS = Path.of("/proc/locks");

  private LockHolder() {}

  /// The pid of the server that holds a lock in this home; empty for none.
  static Optional<Long> find(Home home) throws IOException {
    if (!Files.isReadable(LOCKS) || !Files.isDirectory(home.directory())) {
      return Optional.empty();
    }
    Set<String> inodes = inodes(home.directory());
    return Files.readAllLines(LOCKS).stream()
        .map(line -> List.of(line.trim().split("\\s+")))
        .filter(words -> words.size() >= 8 && !words.get(1).equals("->"))
        .filter(words -> inodes.contains(words.get(5).substring(words.get(5).lastIndexOf(':') + 1)))
        .map(words -> Long.parseLong(words.get(4)))
        .filter(LockHolder::isServer)
        .findFirst();
  }

  /// Only looks at the files: to open a locked one could drop the lock of whoever does.
  private static Set<String> inodes(Path home) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.walk(home, 2)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.isRegularFile(file)) {
          inodes.add(Files.getAttribute(file, "unix:ino").toString());
        }
      }
    }
    return inodes;
  }

  private static boolean isServer(long pid) {
    try {
      byte[] command = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      return new String(command, StandardCharsets.ISO_8859_1)
          .contains("\0" + ServerProgram.MAIN_CLASS + "\0");
    } catch (IOException gone) {
      return false;
    }
  }
}
