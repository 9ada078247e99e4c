package io.salvor.process;

import io.salvor.domain.host.HostMemory;
import io.salvor.domain.host.MemoryReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Memory as Linux tells it: `/proc/meminfo`, less where a control group around this process allows
/// less (both versions), and the pressure of the last 10 s.
public final class LinuxHostMemory implements HostMemory {
  private final Path root;

  public LinuxHostMemory() {
    this(Path.of("/"));
  }

  /// @param root where `proc` and `sys` lie
  LinuxHostMemory(Path root) {
    this.root = root;
  }

  @Override
  public MemoryReading read() {
    Path meminfo = root.resolve("proc/meminfo");
    long total = kibibytes(meminfo, "MemTotal:");
    long available = Math.min(kibibytes(meminfo, "MemAvailable:"), total);
    for (Room room : new ControlGroups(root).rooms()) {
      if (room.limit() < total) {
        total = room.limit();
        available = Math.min(available, total);
      }
      available = Math.min(available, room.left());
    }
    return new MemoryReading(available, total, stalled());
  }

  /// What one control group allows.
  ///
  /// @param left of it; what only caches files counts as left
  record Room(long limit, long left) {}

  private static long kibibytes(Path file, String label) {
    return labelled(file, label)
            .orElseThrow(
                () -> new UncheckedIOException(new IOException("no " + label + " in " + file)))
        << 10;
  }

  /// The number after a label at the beginning of a line; empty where the file or the line is not
  /// there.
  static OptionalLong labelled(Path file, String label) {
    return text(file).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(label))
        .mapToLong(
            line -> Long.parseLong(line.substring(label.length()).strip().split("\\s", -1)[0]))
        .findFirst();
  }

  /// What a file holds; empty where it is not there.
  static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  private OptionalDouble stalled() {
    return text(root.resolve("proc/pressure/memory")).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("some avg10="))
        .mapToDouble(line -> Double.parseDouble(line.substring(11).split("\\s", -1)[0]))
        .findFirst();
  }
}
