package io.salvor.server.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/// One counter for each value of an enum, all there from the start: Prometheus sees a counter grow
/// only if it has seen it at zero.
final class Labelled {
  private Labelled() {}

  static <E extends Enum<E>> Map<E, Counter> counters(Class<E> values, Function<E, Counter> make) {
    var counters = new EnumMap<E, Counter>(values);
    for (E value : values.getEnumConstants()) {
      counters.put(value, make.apply(value));
    }
    return counters;
  }

  static <E extends Enum<E>> Counter of(Map<E, Counter> counters, E value) {
    Counter counter = counters.get(value);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + value);
    }
    return counter;
  }
}
