package io.salvor.server.filter;

import io.salvor.server.config.Durations;
import io.salvor.server.filter.Expression.Restriction;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Values as they are written in a filter.
final class Values {
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

  private Values() {}

  /// A word out of a fixed list, in any case.
  static <E extends Enum<E>> E named(Class<E> type, String what, String value) {
    return Arrays.stream(type.getEnumConstants())
        .filter(it -> it.name().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(() ->
            new BadFilter(
                "there is no "
                    + what
                    + " "
                    + value
                    + "; there are "
                    + Arrays.stream(type.getEnumConstants())
                        .map(it -> what.equals("state") ? it.name() : lower(it))
                        .collect(Collectors.joining(", "))));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /// A moment, in microseconds since 1970: RFC 3339, or a length of time before now.
  static long micros(Restriction asked, Instant now) {
    try {
      return micros(moment(asked.value(), now));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException unfit) {
      throw unfit(asked, "a moment like 2026-01-31T12:00:00Z or a length of time like 2h");
    }
  }

  private static Instant moment(String asked, Instant now) {
    try {
      return OffsetDateTime.parse(asked).toInstant();
    } catch (DateTimeParseException notMoment) {
      return now.minus(Durations.parse(asked));
    }
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  /// Dollars, as millionths.
  static long microUsd(Restriction asked) {
    String digits = asked.value().startsWith("$") ? asked.value().substring(1) : asked.value();
    try {
      return new BigDecimal(digits).multiply(MICROS).longValueExact();
    } catch (ArithmeticException | NumberFormatException notMoney) {
      throw unfit(asked, "an amount of dollars like 2.50");
    }
  }

  static long count(Restriction asked) {
    try {
      return Long.parseLong(asked.value());
    } catch (NumberFormatException notNumber) {
      throw unfit(asked, "a number");
    }
  }

  private static BadFilter unfit(Restriction asked, String wanted) {
    return new BadFilter(
        asked.field() + " is compared with " + wanted + ", not with '" + asked.value() + "'");
  }
}
