package io.salvor.server.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the program that listens at a TCP port (Linux).
///
/// @param pid its process
/// @param command its command line, shortened, without the folder of the program
public record PortHolder(long pid, String command) {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int SHOWN = 80;

  /// Empty where nobody does, or where it is somebody else's process, which nobody may look into.
  public static Optional<PortHolder> of(int port) {
    for (String table : List.of("net/tcp", "net/tcp6")) {
      try (Stream<String> lines = Files.lines(PROC.resolve(table))) {
        Optional<String> inode =
            lines
                .map(line -> List.of(line.trim().split("\\s+")))
                .filter(words -> words.size() > 9 && words.get(3).equals(LISTENING))
                .filter(words -> words.get(1).endsWith(String.format(":%04X", port)))
                .map(words -> words.get(9))
                .findFirst();
        if (inode.isPresent()) {
          return withSocket("socket:[" + inode.get() + "]");
        }
      } catch (IOException notToBeRead) {
        // the other table may be
      }
    }
    return Optional.empty();
  }

  private static Optional<PortHolder> withSocket(String socket) throws IOException {
    try (Stream<Path> processes = Files.list(PROC)) {
      return processes
          .filter(it -> it.getFileName().toString().matches("\\d+"))
          .filter(it -> has(it, socket))
          .findFirst()
          .map(PortHolder::named);
    }
  }

  private static boolean has(Path process, String socket) {
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return files.anyMatch(it -> {
        try {
          return Files.readSymbolicLink(it).toString().equals(socket);
        } catch (IOException gone) {
          return false;
        }
      });
    } catch (IOException notOurs) {
      return false;
    }
  }

  private static PortHolder named(Path process) {
    long pid = Long.parseLong(process.getFileName().toString());
    try {
      String command =
          new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
              .replace('\0', ' ')
              .strip()
              .replaceFirst("^\\S*/", ""); // where the program lies is of no interest
      return new PortHolder(
          pid, command.length() > SHOWN ? command.substring(0, SHOWN) + "…" : command);
    } catch (IOException gone) {
      return new PortHolder(pid, "");
    }
  }

  /// For people: `process 4711 (python3 -m http.server 9100)`.
  public String text() {
    return "process " + pid + (command.isEmpty() ? "" : " (" + command + ")");
  }
}
