package io.salvor.server.limits;

import io.salvor.domain.host.HostMemory;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.host.MemoryReading;
import io.salvor.domain.host.SteadyBand;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the memory, says in the log when its band changes, and what there is when an agent is
/// about to start. Thread-safe.
public final class MemoryWatch {
  private static final Logger log = LoggerFactory.getLogger(MemoryWatch.class);
  private static final double GIB = 1L << 30;

  private final HostMemory memory;
  private final MemoryBand.Limits limits;
  private SteadyBand steady = SteadyBand.NEW;

  public MemoryWatch(HostMemory memory, MemoryBand.Limits limits) {
    this.memory = memory;
    this.limits = limits;
  }

  /// How the memory stands now.
  public MemoryReading read() {
    return memory.read();
  }

  /// The band of a reading.
  public MemoryBand band(MemoryReading reading) {
    return MemoryBand.of(reading, limits);
  }

  /// Looks once.
  ///
  /// @return the band to act on, where it has changed
  public synchronized Optional<MemoryBand> runOnce() {
    MemoryReading reading = memory.read();
    MemoryBand before = steady.band();
    steady = steady.after(band(reading));
    if (steady.band() == before) {
      return Optional.empty();
    }
    tell("memory", steady.band(), reading, false);
    return Optional.of(steady.band());
  }

  /// Says what there is, as an attempt begins.
  public void preflight() {
    MemoryReading reading = memory.read();
    tell("dispatch pre-flight", band(reading), reading, true);
  }

  private static void tell(String when, MemoryBand band, MemoryReading reading, boolean usual) {
    String available = String.format(Locale.ROOT, "avail_gb=%.1f", reading.availableBytes() / GIB);
    switch (band) {
      case HEALTHY -> {
        if (usual) {
          log.debug("{}: host memory healthy {}", when, available);
        } else {
          log.info("{}: host memory healthy {}", when, available);
        }
      }
      case APPROACHING -> log.info("{}: host approaching memory pressure {}", when, available);
      case CRITICAL ->
          log.warn(
              "{}: host under memory pressure - OOM-kill risk; attempts begin one at a time {}",
              when,
              available);
    }
  }
}
