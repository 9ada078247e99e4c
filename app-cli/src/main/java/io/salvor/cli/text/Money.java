package io.salvor.cli.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// US dollars, kept as millionths.
public final class Money {
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

  private Money() {}

  /// Millionths of a dollar in `$5`, `5`, `0.50`; throws IllegalArgumentException on anything else.
  public static long parse(String text) {
    String digits = text.startsWith("$") ? text.substring(1) : text;
    if (!digits.matches("\\d{1,10}(\\.\\d{1,6})?|\\.\\d{1,6}")) {
      throw new IllegalArgumentException("'" + text + "' is not an amount of dollars like 2.50");
    }
    BigDecimal dollars = new BigDecimal(digits);
    if (dollars.signum() == 0 || dollars.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("'" + text + "' is not an amount that can be spent");
    }
    return dollars.multiply(MICROS).longValueExact();
  }

  /// `$0.42`, and `$0.0042` where two digits would hide it.
  public static String format(long micros) {
    int digits = micros != 0 && micros < 10_000 ? 4 : 2;
    return "$"
        + BigDecimal.valueOf(micros).divide(MICROS, digits, RoundingMode.HALF_UP).toPlainString();
  }
}
