package io.salvor.server.wiring;

import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/// What the server's command line says.
///
/// @param home the home directory, before the environment's
/// @param listen `HOST:PORT`, before the configuration's
/// @param http `HOST:PORT`, before the configuration's
/// @param exitWhenIdle whether to end when nothing is left to do
public record Options(
    Optional<String> home, Optional<String> listen, Optional<String> http, boolean exitWhenIdle) {

  /// Reads `--home DIR --listen HOST:PORT --http HOST:PORT --exit-when-idle`; `=` may stand for a
  /// space.
  ///
  /// @throws IllegalArgumentException for anything else
  public static Options parse(String... arguments) {
    Optional<String> home = Optional.empty();
    Optional<String> listen = Optional.empty();
    Optional<String> http = Optional.empty();
    boolean exitWhenIdle = false;
    Iterator<String> words =
        Stream.of(arguments)
            .flatMap(
                word -> word.startsWith("--") ? Stream.of(word.split("=", 2)) : Stream.of(word))
            .iterator();
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--home" -> home = value(word, words);
        case "--listen" -> listen = value(word, words);
        case "--http" -> http = value(word, words);
        case "--exit-when-idle" -> exitWhenIdle = true;
        default -> throw new IllegalArgumentException("unknown option " + word);
      }
    }
    return new Options(home, listen, http, exitWhenIdle);
  }

  private static Optional<String> value(String option, Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException("a value is missing after " + option);
    }
    return Optional.of(words.next());
  }
}
