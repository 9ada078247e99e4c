package io.salvor.cli.observe;

import com.google.protobuf.Timestamp;
import io.salvor.cli.text.Durations;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/// Moments as a person names them.
final class Moments {
  private Moments() {}

  /// `10m`, `7d` ago, or `2026-01-31T12:00:00Z`; throws IllegalArgumentException on anything else.
  static Timestamp parse(String text, InstantSource clock) {
    Instant at;
    try {
      at = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException notMoment) {
      at = clock.instant().minus(Durations.parse(text));
    }
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }
}
