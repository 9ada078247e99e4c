package io.salvor.cli.text;

import java.util.Locale;

/// Amounts of memory.
public final class Bytes {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Bytes() {}

  /// `512 B`, `34 MiB`, `16.8 GiB`: whole numbers up to mebibytes.
  public static String format(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit + 1 < UNITS.length) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit < 3 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
  }
}
