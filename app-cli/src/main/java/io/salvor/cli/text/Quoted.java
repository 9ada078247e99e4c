package io.salvor.cli.text;

/// Words as a shell reads them, for commands that a person copies.
public final class Quoted {
  private Quoted() {}

  /// One word, in quotes where it needs them.
  public static String word(String text) {
    return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
