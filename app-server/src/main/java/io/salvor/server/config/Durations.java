package io.salvor.server.config;

import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as people write them: `90s`, `30m`, `1h30m`, `250ms`, `2d`.
public final class Durations {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private static final long MOST_HOURS = 48;

  private Durations() {}

  /// The time that such a text stands for.
  ///
  /// @throws IllegalArgumentException where it is none
  public static Duration parse(String text) {
    var matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new IllegalArgumentException("not a duration: " + text + "; say 90s, 30m, 1h30m or 7d");
    }
    try {
      return Duration.ofDays(number(matcher.group(1)))
          .plusHours(number(matcher.group(2)))
          .plusMinutes(number(matcher.group(3)))
          .plusSeconds(number(matcher.group(4)))
          .plusMillis(number(matcher.group(5)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too long a duration: " + text, e);
    }
  }

  /// The text that stands for such a time: `1h30m`, `90d`; hours up to two days.
  public static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    boolean days = duration.toHours() > MOST_HOURS;
    return part(days ? duration.toDays() : 0, "d")
        + part(days ? duration.toHoursPart() : duration.toHours(), "h")
        + part(duration.toMinutesPart(), "m")
        + part(duration.toSecondsPart(), "s")
        + part(duration.toMillisPart(), "ms");
  }

  private static String part(long number, String unit) {
    return number == 0 ? "" : number + unit;
  }

  private static long number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
