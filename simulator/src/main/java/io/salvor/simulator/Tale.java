package io.salvor.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What happened, in words and as a number: two runs that tell the same tale have the same hash.
final class Tale {
  private static final long FNV_PRIME = 0x100000001b3L;

  private final List<String> lines = new ArrayList<>();
  private final boolean kept;
  private long hash = 0xcbf29ce484222325L;
  private int steps;

  /// @param kept whether the words are kept, or only their hash
  Tale(boolean kept) {
    this.kept = kept;
  }

  void tell(String line) {
    for (int i = 0; i < line.length(); i++) {
      hash = (hash ^ line.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ '\n') * FNV_PRIME;
    if (kept) {
      lines.add(String.format(Locale.ROOT, "%5d  %s", steps, line));
    }
  }

  void step() {
    steps++;
  }

  int steps() {
    return steps;
  }

  long hash() {
    return hash;
  }

  List<String> lines() {
    return lines;
  }
}
