package io.salvor.server.wiring;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the server's command line says.
///
/// @param home the home directory, before the environment's
/// @param listen `HOST:PORT`, before the configuration's
/// @param http `HOST:PORT`, before the configuration's
/// @param exitWhenIdle whether to end when nothing is left to do
/// @param showConfig whether only to say what it would go by
/// @param newStore whether another store may take the place of the one that this home had
/// @param onlyLook whether nothing is to be touched but the home: no process, no project, no backup
public record Options(
    Optional<String> home,
    Optional<String> listen,
    Optional<String> http,
    boolean exitWhenIdle,
    boolean showConfig,
    boolean newStore,
    boolean onlyLook) {

  /// Reads `--home DIR --listen HOST:PORT --http HOST:PORT --exit-when-idle --show-config
  /// --new-store --only-look`; `=` may stand for a space.
  ///
  /// @throws IllegalArgumentException for anything else
  public static Options parse(String... arguments) {
    Optional<String> home = Optional.empty();
    Optional<String> listen = Optional.empty();
    Optional<String> http = Optional.empty();
    boolean exitWhenIdle = false;
    boolean showConfig = false;
    boolean newStore = false;
    boolean onlyLook = false;
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
        case "--show-config" -> showConfig = true;
        case "--new-store" -> newStore = true;
        case "--only-look" -> onlyLook = true;
        default -> throw new IllegalArgumentException("unknown option " + word);
      }
    }
    return new Options(home, listen, http, exitWhenIdle, showConfig, newStore, onlyLook);
  }

  /// What its flags name, by the key in the configuration.
  public Map<String, String> settings() {
    var settings = new TreeMap<String, String>();
    listen.ifPresent(it -> settings.put("listen", it));
    http.ifPresent(it -> settings.put("http", it));
    return settings;
  }

  private static Optional<String> value(String option, Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException("a value is missing after " + option);
    }
    return Optional.of(words.next());
  }
}
