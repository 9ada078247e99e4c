package io.salvor.cli.text;

/// Whole numbers as a person types them; `_` and `,` may stand between the digits.
public final class Numbers {
  private Numbers() {}

  /// A number from 1 on, at most as great as an int can be; throws IllegalArgumentException on
  /// anything else.
  public static int count(String text) {
    return (int) Math.min(Integer.MAX_VALUE, from(1, text));
  }

  /// The same, or 0.
  public static int countOrNone(String text) {
    return (int) Math.min(Integer.MAX_VALUE, from(0, text));
  }

  /// A number from this one on; throws IllegalArgumentException on anything else.
  public static long from(long least, String text) {
    if (!isWhole(text) || whole(text) < least) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a whole number from " + least + " on");
    }
    return whole(text);
  }

  /// Any number; throws IllegalArgumentException on anything else.
  public static long whole(String text) {
    if (!isWhole(text)) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number");
    }
    return Long.parseLong(digits(text));
  }

  private static boolean isWhole(String text) {
    return digits(text).matches("-?[0-9]{1,18}");
  }

  private static String digits(String text) {
    return text.replace("_", "").replace(",", "");
  }
}
