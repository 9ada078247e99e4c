package io.salvor.domain.text;

import java.util.regex.Pattern;

/// A word of a command that people may paste into a POSIX shell.
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWord() {}

  /// The word, in quotes where it needs them.
  public static String of(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
