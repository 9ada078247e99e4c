package io.salvor.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// How often the kernel has killed for memory in the control group that this server, and so its
/// agents, live in.
///
/// @param file where the count stands
record OomCount(String file, long count) {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /// The count now, where the host tells it.
  static Optional<OomCount> now() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
        String[] parts = line.split(":", 3);
        if (parts.length == 3 && (parts[1].isEmpty() || parts[1].equals("memory"))) {
          Optional<OomCount> found = inGroup(parts[1], parts[2]);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /// Whether it has grown since.
  boolean grewSince() {
    return read(Path.of(file)).filter(now -> now.count > count).isPresent();
  }

  /// A container sees its own group as the root.
  private static Optional<OomCount> inGroup(String controller, String group) {
    String file = controller.isEmpty() ? "memory.events" : "memory.oom_control";
    Path base = controller.isEmpty() ? ROOT : ROOT.resolve("memory");
    return read(base.resolve("." + group).resolve(file).normalize())
        .or(() -> read(base.resolve(file)));
  }

  private static Optional<OomCount> read(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
          .filter(line -> line.startsWith("oom_kill "))
          .map(line -> new OomCount(file.toString(), Long.parseLong(line.substring(9).strip())))
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
