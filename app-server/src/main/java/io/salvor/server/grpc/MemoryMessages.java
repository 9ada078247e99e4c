package io.salvor.server.grpc;

import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.host.MemoryReading;
import io.salvor.server.host.OwnMemory;
import io.salvor.server.limits.MemoryWatch;
import io.salvor.v1.HostMemory;
import io.salvor.v1.HostMemory.Band;
import io.salvor.v1.ProcessMemory;

/// Memory as messages.
final class MemoryMessages {
  private final MemoryWatch memory;

  MemoryMessages(MemoryWatch memory) {
    this.memory = memory;
  }

  static ProcessMemory of(OwnMemory own) {
    return ProcessMemory.newBuilder()
        .setHeapBytes(own.heap())
        .setMaxHeapBytes(own.maxHeap())
        .setResidentBytes(own.resident().orElse(0))
        .build();
  }

  /// How the memory stands now.
  HostMemory now() {
    MemoryReading reading = memory.read();
    var message =
        HostMemory.newBuilder()
            .setBand(band(memory.band(reading)))
            .setAvailableBytes(reading.availableBytes())
            .setTotalBytes(reading.totalBytes());
    reading.stalledPercent().ifPresent(message::setStalledPercent);
    return message.build();
  }

  private static Band band(MemoryBand band) {
    return switch (band) {
      case HEALTHY -> Band.HEALTHY;
      case APPROACHING -> Band.APPROACHING;
      case CRITICAL -> Band.CRITICAL;
    };
  }
}
