package io.salvor.cli.text;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time, as in `1h30m`.
public final class Durations {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?");

  private Durations() {}

  /// The time that `30m`, `1h30m`, `90s` or `2d` stands for; throws IllegalArgumentException on
  /// anything else.
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a length of time like 30m or 1h30m");
    }
    Duration duration =
        Duration.ofDays(number(form, 1))
            .plusHours(number(form, 2))
            .plusMinutes(number(form, 3))
            .plusSeconds(number(form, 4));
    if (duration.isZero()) {
      throw new IllegalArgumentException("'" + text + "' is no length of time, like 30m or 1h30m");
    }
    return duration;
  }

  private static long number(Matcher form, int group) {
    String digits = form.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /// The two greatest units: `4s`, `2m 03s`, `3h 05m`, `2d 04h`.
  public static String format(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "m", seconds % 60, "s");
    }
    long minutes = seconds / 60;
    return minutes < 24 * 60
        ? two(minutes / 60, "h", minutes % 60, "m")
        : two(minutes / 1440, "d", minutes / 60 % 24, "h");
  }

  private static String two(long great, String greatUnit, long small, String smallUnit) {
    return great + greatUnit + (small < 10 ? " 0" : " ") + small + smallUnit;
  }
}
