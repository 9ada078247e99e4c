package io.salvor.server.grpc;

import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.host.MemoryReading;
import io.salvor.server.host.OwnMemory;
import io.salvor.v1.HostMemory;
import io.salvor.v1.HostMemory.Band;
import io.salvor.v1.ProcessMemory;

/// Memory as messages.
final class MemoryMessages {
  private MemoryMessages() {}

  static ProcessMemory of(OwnMemory own) {
    return ProcessMemory.newBuilder()
        .setHeapBytes(own.heap())
        .setMaxHeapBytes(own.maxHeap())
        .setResidentBytes(own.resident().orElse(0))
        .build();
  }

  static HostMemory of(MemoryReading reading) {
    var message =
        HostMemory.newBuilder()
            .setBand(band(MemoryBand.of(reading, MemoryBand.Limits.DEFAULT)))
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
