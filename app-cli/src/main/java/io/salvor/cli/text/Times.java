package io.salvor.cli.text;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.function.Supplier;

/// Moments, as a person at this clock in this zone says them.
///
/// @param now the moment of speaking
public record Times(Instant now, Supplier<ZoneId> zone) {

  /// How long ago, `2m 03s`.
  public String age(Timestamp moment) {
    return Durations.format(Duration.between(instant(moment), now));
  }

  /// How long ago, in whole minutes where it is more than one: `4s`, `2m`, `3h 05m`.
  public String roughAge(Timestamp moment) {
    Duration age = Duration.between(instant(moment), now);
    boolean minutes = age.toSeconds() >= 60 && age.toMinutes() < 60;
    return minutes ? age.toMinutes() + "m" : Durations.format(age);
  }

  /// From one moment to another.
  public static String between(Timestamp from, Timestamp to) {
    return Durations.format(Duration.between(instant(from), instant(to)));
  }

  /// `2026-01-31 09:41:02`
  public String date(Timestamp moment) {
    ZonedDateTime at = instant(moment).atZone(zone.get());
    return at.toLocalDate()
        + " "
        + two(at, ChronoField.HOUR_OF_DAY)
        + ":"
        + two(at, ChronoField.MINUTE_OF_HOUR)
        + ":"
        + two(at, ChronoField.SECOND_OF_MINUTE);
  }

  /// `09:41:02.123`
  public String clock(Timestamp moment) {
    ZonedDateTime at = instant(moment).atZone(zone.get());
    int millis = at.get(ChronoField.MILLI_OF_SECOND);
    return two(at, ChronoField.HOUR_OF_DAY)
        + ":"
        + two(at, ChronoField.MINUTE_OF_HOUR)
        + ":"
        + two(at, ChronoField.SECOND_OF_MINUTE)
        + "."
        + (millis < 10 ? "00" : millis < 100 ? "0" : "")
        + millis;
  }

  /// The same moment.
  public static Instant instant(Timestamp moment) {
    return Instant.ofEpochSecond(moment.getSeconds(), moment.getNanos());
  }

  private static String two(ZonedDateTime at, ChronoField field) {
    int value = at.get(field);
    return value < 10 ? "0" + value : Integer.toString(value);
  }
}
