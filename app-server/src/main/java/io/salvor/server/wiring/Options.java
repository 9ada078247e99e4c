package io.salvor.server.wiring;

import java.util.Optional;

/// What the server's command line says.
///
/// @param listen `HOST:PORT`, before the configuration's
/// @param http `HOST:PORT`, before the configuration's
/// @param exitWhenIdle whether to end when nothing is left to do
public record Options(Optional<String> listen, Optional<String> http, boolean exitWhenIdle) {

  /// Reads `--listen A --http A --exit-when-idle`.
  ///
  /// @throws IllegalArgumentException for anything else
  public static Options parse(String... arguments) {
    Optional<String> listen = Optional.empty();
    Optional<String> http = Optional.empty();
    boolean exitWhenIdle = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--listen" -> listen = Optional.of(value(arguments, ++i));
        case "--http" -> http = Optional.of(value(arguments, ++i));
        case "--exit-when-idle" -> exitWhenIdle = true;
        default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
    }
    return new Options(listen, http, exitWhenIdle);
  }

  private static String value(String[] arguments, int index) {
    if (index >= arguments.length) {
      throw new IllegalArgumentException("a value is missing after " + arguments[index - 1]);
    }
    return arguments[index];
  }
}
