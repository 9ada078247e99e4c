package io.salvor.server.config;

import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// One table of a settings file, read strictly: what is not known or is of the wrong kind is
/// refused by its whole name, with what would do. All methods throw IllegalArgumentException so.
final class Settings {
  private static final String SIZE =
      "a size such as \"512MiB\" or \"2GiB\", at most " + Limits.MOST + " bytes";

  private final String name;
  private final JsonNode table;

  private Settings(String name, JsonNode table, List<String> known) {
    this.name = name;
    this.table = table;
    if (!table.isObject() && !table.isMissingNode()) {
      throw new IllegalArgumentException("[" + name + "] must be a table");
    }
    var unknown = new TreeSet<>(table.propertyNames());
    known.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown setting " + of(unknown.first()) + "; there are " + String.join(", ", known));
    }
  }

  /// The whole file.
  static Settings file(JsonNode file, List<String> known) {
    return new Settings("", file, known);
  }

  /// A table in this one; an empty one where it is not there.
  Settings table(String key, List<String> known) {
    return new Settings(of(key), table.path(key), known);
  }

  /// The tables in the table `key`, by their keys.
  Map<String, Settings> tables(String key, List<String> known) {
    var tables = new LinkedHashMap<String, Settings>();
    for (Map.Entry<String, JsonNode> entry : entries(key)) {
      String whole = of(key) + "." + quoted(entry.getKey());
      if (!entry.getValue().isObject()) {
        throw new IllegalArgumentException(whole + " must be a table: [" + whole + "]");
      }
      tables.put(entry.getKey(), new Settings(whole, entry.getValue(), known));
    }
    return tables;
  }

  boolean has(String key) {
    return table.has(key);
  }

  Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    JsonNode value = table.path(key);
    if (!value.isString() || value.asString().isBlank()) {
      throw bad(key, "a text in quotes");
    }
    return Optional.of(value.asString());
  }

  /// An address to listen at, as it is written.
  Optional<String> address(String key) {
    Optional<String> text = text(key);
    try {
      text.ifPresent(HostPort::parse);
    } catch (IllegalArgumentException e) {
      throw bad(key, "an address such as \"127.0.0.1:9100\"");
    }
    return text;
  }

  Optional<Boolean> flag(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!table.path(key).isBoolean()) {
      throw bad(key, "true or false");
    }
    return Optional.of(table.path(key).asBoolean());
  }

  /// One of the names of `kind`, in lower case.
  <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> kind) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var names = new ArrayList<String>();
    for (E constant : kind.getEnumConstants()) {
      String name = constant.name().toLowerCase(java.util.Locale.ROOT);
      if (name.equals(text.get())) {
        return Optional.of(constant);
      }
      names.add(name);
    }
    throw bad(key, "one of " + String.join(", ", names));
  }

  List<String> texts(String key) {
    var texts = new ArrayList<String>();
    JsonNode value = table.path(key);
    if (has(key) && !value.isArray()) {
      throw bad(key, "a list of texts: [\"...\"]");
    }
    for (JsonNode it : value) {
      if (!it.isString()) {
        throw bad(key, "a list of texts: [\"...\"]");
      }
      texts.add(it.asString());
    }
    return texts;
  }

  /// The texts of a table, by their keys.
  Map<String, String> variables(String key) {
    var variables = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> entry : entries(key)) {
      if (!entry.getValue().isString()) {
        throw new IllegalArgumentException(
            of(key) + "." + entry.getKey() + " must be a text in quotes");
      }
      variables.put(entry.getKey(), entry.getValue().asString());
    }
    return variables;
  }

  Optional<Duration> duration(String key) {
    Optional<String> text = text(key);
    try {
      return text.map(Durations::parse).map(it -> sensible(key, it));
    } catch (IllegalArgumentException e) {
      throw bad(
          key,
          "a time such as \"90s\", \"30m\" or \"1h30m\", at most "
              + Durations.text(Limits.LONGEST));
    }
  }

  private Duration sensible(String key, Duration duration) {
    if (duration.isZero() || duration.compareTo(Limits.LONGEST) > 0) {
      throw bad(key, "a time");
    }
    return duration;
  }

  /// A whole number from 1 on.
  Optional<Long> count(String key) {
    return count(key, Integer.MAX_VALUE);
  }

  /// A whole number from 1 to this.
  Optional<Long> count(String key, long most) {
    JsonNode value = table.path(key);
    if (!has(key)) {
      return Optional.empty();
    }
    boolean whole = value.isIntegralNumber() && value.canConvertToLong();
    if (!whole || value.asLong() < 1 || value.asLong() > most) {
      throw bad(key, "a whole number from 1 to " + most);
    }
    return Optional.of(value.asLong());
  }

  /// A whole number from 0 to this.
  Optional<Integer> upTo(String key, int most) {
    JsonNode value = table.path(key);
    if (!has(key)) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.asInt() < 0
        || value.asInt() > most) {
      throw bad(key, "a whole number from 0 to " + most);
    }
    return Optional.of(value.asInt());
  }

  /// A number of bytes from 1 on, with a unit or without.
  Optional<Long> bytes(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    try {
      long bytes = Sizes.parse(table.path(key).asString());
      if (bytes > 0 && bytes <= Limits.MOST) {
        return Optional.of(bytes);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw bad(key, SIZE);
    }
    throw bad(key, SIZE);
  }

  /// More than nothing.
  Optional<MicroUsd> money(String key) {
    return dollars(key)
        .map(it -> {
          MicroUsd most = new MicroUsd(Limits.MOST);
          long micros = it.movePointRight(6).longValueExact();
          if (micros == 0 || micros > most.value()) {
            throw bad(key, "more than nothing, and at most " + most.dollars());
          }
          return new MicroUsd(micros);
        });
  }

  /// Dollars, as a number or a text, no finer than a millionth.
  Optional<BigDecimal> dollars(String key) {
    JsonNode value = table.path(key);
    if (!has(key)) {
      return Optional.empty();
    }
    try {
      BigDecimal dollars = new BigDecimal(value.asString());
      if (dollars.signum() >= 0 && dollars.stripTrailingZeros().scale() <= 6) {
        dollars.movePointRight(6).longValueExact();
        return Optional.of(dollars);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw bad(key, "dollars such as \"2.50\"");
    }
    throw bad(key, "dollars such as \"2.50\"");
  }

  /// That a setting is not as it should be.
  IllegalArgumentException bad(String key, String whatWouldDo) {
    return new IllegalArgumentException(
        (has(key) ? of(key) + " = " + table.path(key) + " will not do" : of(key) + " is missing")
            + "; it must be "
            + whatWouldDo);
  }

  private Iterable<Map.Entry<String, JsonNode>> entries(String key) {
    JsonNode value = table.path(key);
    if (has(key) && !value.isObject()) {
      throw bad(key, "a table");
    }
    return value.properties();
  }

  private String of(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  private static String quoted(String key) {
    return key.matches("[A-Za-z0-9_-]+") ? key : "\"" + key + "\"";
  }
}
