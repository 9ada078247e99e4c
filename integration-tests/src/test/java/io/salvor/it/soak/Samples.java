package io.salvor.it.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;

/// What was measured, oldest first, and what its trend says. Thread-safe.
final class Samples {
  private static final int FEWEST = 6;

  private final List<Map<Gauge, Long>> all = new ArrayList<>();

  synchronized void add(Map<Gauge, Long> sample) {
    all.add(new EnumMap<>(sample));
  }

  synchronized int size() {
    return all.size();
  }

  /// Those that rose from the first third to the last one, in words.
  synchronized List<String> leaks() {
    var leaks = new ArrayList<String>();
    for (Gauge gauge : Gauge.values()) {
      if (all.size() >= FEWEST && !gauge.holds(first(gauge), last(gauge))) {
        leaks.add("%s: %.0f, then %.0f".formatted(gauge.title(), first(gauge), last(gauge)));
      }
    }
    return leaks;
  }

  /// A table in Markdown.
  synchronized String table() {
    var text =
        new StringBuilder(
            "| | first third | last third | most | verdict |\n|---|---|---|---|---|\n");
    for (Gauge gauge : Gauge.values()) {
      String verdict =
          gauge.growsByDesign()
              ? "grows with what was done"
              : gauge.holds(first(gauge), last(gauge)) ? "holds" : "**rises**";
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.1f | %,.1f | %,d | %s |%n",
              gauge.title(),
              first(gauge),
              last(gauge),
              most(gauge),
              verdict));
    }
    return text.toString();
  }

  private double first(Gauge gauge) {
    return of(all.subList(0, Math.ceilDiv(all.size(), 3)), gauge);
  }

  private double last(Gauge gauge) {
    return of(all.subList(all.size() - Math.ceilDiv(all.size(), 3), all.size()), gauge);
  }

  private static double of(List<Map<Gauge, Long>> samples, Gauge gauge) {
    LongSummaryStatistics values =
        samples.stream().mapToLong(it -> it.getOrDefault(gauge, 0L)).summaryStatistics();
    return gauge.isByLeast() ? values.getMin() : values.getAverage();
  }

  private long most(Gauge gauge) {
    return all.stream().mapToLong(it -> it.getOrDefault(gauge, 0L)).max().orElse(0);
  }
}
