package io.salvor.domain.host;

/// How much room the memory leaves.
public enum MemoryBand {
  /// Enough for more agents.
  HEALTHY,
  /// Getting tight: worth a warning.
  APPROACHING,
  /// Room for one agent at a time at most.
  CRITICAL;

  /// Where the bands meet.
  ///
  /// @param healthyFromBytes so much available is HEALTHY
  /// @param criticalBelowBytes less than so much is CRITICAL
  public record Limits(long healthyFromBytes, long criticalBelowBytes) {
    /// 4 GiB and 2 GiB.
    public static final Limits DEFAULT = new Limits(4L << 30, 2L << 30);

    public Limits {
      if (criticalBelowBytes < 0 || healthyFromBytes < criticalBelowBytes) {
        throw new IllegalArgumentException(healthyFromBytes + " and " + criticalBelowBytes);
      }
    }
  }

  /// The band of a reading.
  public static MemoryBand of(MemoryReading reading, Limits limits) {
    if (reading.availableBytes() >= limits.healthyFromBytes()) {
      return HEALTHY;
    }
    return reading.availableBytes() < limits.criticalBelowBytes() ? CRITICAL : APPROACHING;
  }
}
