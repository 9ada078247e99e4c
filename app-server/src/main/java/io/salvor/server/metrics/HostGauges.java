package io.salvor.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.salvor.server.config.Home;
import io.salvor.server.host.OwnMemory;
import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What the server takes of its host: memory and disk.
final class HostGauges {
  private HostGauges() {}

  static void register(MeterRegistry registry, Home home) {
    new JvmMemoryMetrics().bindTo(registry);
    StoreFiles store = StoreFiles.in(home.root());
    bytes(registry, "salvor.resident", "Memory of the server's process", HostGauges::resident);
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

  private static long resident() throws IOException {
    return OwnMemory.now().resident().orElseThrow(() -> new IOException("the host does not tell"));
  }

  private static long inFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(it -> it.toFile().length()).sum();
    }
  }
}
