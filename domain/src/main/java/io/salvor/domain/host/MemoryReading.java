package io.salvor.domain.host;

import java.util.OptionalDouble;

/// Memory at one moment: of the host, or of the control group that allows less.
///
/// @param availableBytes what could be used without swapping
/// @param totalBytes what there is
/// @param stalledPercent share of the last 10 s in which something waited for memory; empty where
///   the kernel does not tell
public record MemoryReading(long availableBytes, long totalBytes, OptionalDouble stalledPercent) {
  public MemoryReading {
    if (availableBytes < 0 || totalBytes < availableBytes) {
      throw new IllegalArgumentException(availableBytes + " of " + totalBytes + " bytes");
    }
  }
}
