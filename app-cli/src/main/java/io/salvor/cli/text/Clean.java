package io.salvor.cli.text;

/// Text that came from elsewhere, made harmless for a terminal.
public final class Clean {
  /// What turns the direction of the text after it, as a class of a regular expression: with it, a
  /// line is shown as another than it is.
  public static final String DIRECTIONS = "[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]";

  private Clean() {}

  /// One line: control characters, and with them escape sequences, become spaces.
  public static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f" + DIRECTIONS + "]+", " ").strip();
  }

  /// One line of at most `most` characters.
  public static String line(String text, int most) {
    String line = line(text);
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }

  /// The first digits of a hash.
  public static String hash(String hash) {
    return hash.length() > 10 ? hash.substring(0, 10) : hash;
  }
}
