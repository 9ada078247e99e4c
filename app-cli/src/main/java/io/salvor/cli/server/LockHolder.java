package io.salvor.cli.server;

import io.salvor.cli.session.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds a server that does not answer, by the lock file of its home that it keeps open (Linux);
/// also where that file, and all that the server wrote of itself, was deleted.
final class LockHolder {
  private static final Path PROCESSES = Path.of("/proc");

  private LockHolder() {}

  /// The pid of the server that has this home; empty for none.
  static Optional<Long> find(Home home) throws IOException {
    if (!Files.isDirectory(PROCESSES) || !Files.isDirectory(home.directory())) {
      return Optional.empty();
    }
    String lock = home.directory().toRealPath().resolve("run/lock").toString();
    try (Stream<Path> processes = Files.list(PROCESSES)) {
      return processes
          .filter(it -> it.getFileName().toString().matches("\\d+"))
          .filter(LockHolder::isServer)
          .filter(it -> holds(it, lock))
          .map(it -> Long.parseLong(it.getFileName().toString()))
          .findFirst();
    }
  }

  private static boolean isServer(Path process) {
    try {
      byte[] command = Files.readAllBytes(process.resolve("cmdline"));
      return new String(command, StandardCharsets.ISO_8859_1)
          .contains("\0" + ServerProgram.MAIN_CLASS + "\0");
    } catch (IOException gone) {
      return false;
    }
  }

  private static boolean holds(Path process, String lock) {
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return files
          .map(LockHolder::target)
          .anyMatch(it -> it.equals(lock) || it.equals(lock + " (deleted)"));
    } catch (IOException notOurs) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException gone) {
      return "";
    }
  }
}
