package io.salvor.server.host;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The memory that this process takes, in bytes.
///
/// @param heap in use
/// @param maxHeap what it may grow to
/// @param resident in all; empty where the host does not tell
public record OwnMemory(long heap, long maxHeap, OptionalLong resident) {
  private static final long KIB = 1024;

  /// As it is now.
  public static OwnMemory now() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new OwnMemory(heap.getUsed(), heap.getMax(), readResident());
  }

  private static OptionalLong readResident() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(it -> it.startsWith("VmRSS:"))
          .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")) * KIB)
          .findFirst();
    } catch (IOException notLinux) {
      return OptionalLong.empty();
    }
  }
}
