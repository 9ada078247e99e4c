package io.salvor.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.salvor.server.backup.Backups;
import java.time.Duration;
import java.time.InstantSource;

/// How far backups are behind.
public final class BackupGauges {
  private static final double MILLIS = 1_000;

  private BackupGauges() {}

  /// Registers them; they are read when they are asked for.
  public static void register(MeterRegistry registry, Backups backups, InstantSource clock) {
    Gauge.builder(
            "salvor.backup.covered.age",
            () ->
                backups
                    .lastCovered()
                    .map(it -> Duration.between(it, clock.instant()).toMillis() / MILLIS)
                    .orElse(Double.NaN))
        .description("Since a verified backup was last known to have all that was written")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("salvor.backup.trouble", () -> backups.trouble().isPresent() ? 1 : 0)
        .description("Whether the last backup was refused or failed")
        .register(registry);
  }
}
