package io.salvor.cli.screen;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Asks `stty`. Java has no words for the one call that would tell, and its door to native code
/// costs each command more than this costs a few.
final class WindowSize {
  private static final File TERMINAL = new File("/dev/tty");

  private WindowSize() {}

  /// Empty where there is no terminal, or one that does not know.
  static Optional<Size> ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.from(TERMINAL))
              .redirectError(Redirect.DISCARD)
              .start();
      byte[] said = stty.getInputStream().readAllBytes();
      return read(new String(said, StandardCharsets.US_ASCII).strip());
    } catch (IOException noTerminal) {
      return Optional.empty();
    }
  }

  private static Optional<Size> read(String rowsAndColumns) {
    String[] numbers = rowsAndColumns.split(" ", -1);
    return rowsAndColumns.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}")
        ? Optional.of(new Size(Integer.parseInt(numbers[1]), Integer.parseInt(numbers[0])))
        : Optional.empty();
  }
}
