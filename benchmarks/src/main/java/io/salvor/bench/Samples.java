package io.salvor.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Figures of one kind. For one thread.
final class Samples {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  double median() {
    return percentile(50);
  }

  /// The smallest figure that `percent` of all do not exceed.
  double percentile(double percent) {
    var sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }
}
