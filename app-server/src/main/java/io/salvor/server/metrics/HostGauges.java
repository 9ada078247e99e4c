package io.salvor.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.salvor.domain.host.MemoryBand;
import io.salvor.server.config.Home;
import io.salvor.server.host.OwnMemory;
import io.salvor.server.limits.MemoryWatch;
import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What the server takes of its host, and what the host has left: memory and disk.
public final class HostGauges {
  private HostGauges() {}

  /// Registers them; they are read when they are asked for.
  public static void register(MeterRegistry registry, Home home, MemoryWatch memory) {
    new JvmMemoryMetrics().bindTo(registry);
    StoreFiles store = StoreFiles.in(home.root());
    bytes(
        registry,
        "salvor.resident",
        "Memory of the server's process",
        () -> OwnMemory.now().resident().orElse(0));
    memory(registry, memory);
    bytes(registry, "salvor.store", "The store with its write-ahead log", store::bytes);
    bytes(registry, "salvor.logs", "The server's own logs", () -> inFolder(home.logs()));
    bytes(
        registry,
        "salvor.disk.free",
        "Free on the disk that the store lies on",
        () -> Files.getFileStore(home.root()).getUsableSpace());
  }

  private interface Bytes {
    long count() throws IOException;
  }

  private static void bytes(MeterRegistry registry, String name, String description, Bytes bytes) {
    Gauge.builder(name, () -> orUnknown(bytes))
        .description(description)
        .baseUnit("bytes")
        .register(registry);
  }

  private static double orUnknown(Bytes bytes) {
    try {
      return bytes.count();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static void memory(MeterRegistry registry, MemoryWatch memory) {
    bytes(
        registry,
        "salvor.host.memory.available",
        "Memory that could be used without swapping",
        () -> memory.read().availableBytes());
    bytes(
        registry,
        "salvor.host.memory.total",
        "Memory of the host, or of the control group that allows less",
        () -> memory.read().totalBytes());
    for (MemoryBand band : MemoryBand.values()) {
      Gauge.builder("salvor.host.memory.band", () -> memory.band(memory.read()) == band ? 1 : 0)
          .description("1 for the band that the available memory is in")
          .tag("band", band.name())
          .register(registry);
    }
  }

  private static long inFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(it -> it.toFile().length()).sum();
    }
  }
}
