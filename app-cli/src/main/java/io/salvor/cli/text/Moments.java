package io.salvor.cli.text;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/// Moments as a person names them.
public final class Moments {
  private Moments() {}

  /// `10m`, `7d` ago, or `2026-01-31T12:00:00Z`; throws IllegalArgumentException on anything else.
  public static Instant parse(String text, InstantSource clock) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException notMoment) {
      return before(text, clock);
    }
  }

  /// The same, as the API has it.
  public static Timestamp timestamp(String text, InstantSource clock) {
    Instant at = parse(text, clock);
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  private static Instant before(String text, InstantSource clock) {
    try {
      return clock.instant().minus(Durations.parse(text));
    } catch (IllegalArgumentException neither) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is neither a length of time like 2h or 7d nor a moment with its zone like"
              + " 2026-01-31T12:00:00Z",
          neither);
    }
  }
}
