package io.salvor.bench;

/// How much is done.
enum Scale {
  /// Only to see that it works; the figures mean nothing.
  SMOKE,
  /// A few minutes in all.
  USUAL,
  /// As [#USUAL], with a million records where history matters.
  FULL;

  int pick(int smoke, int usual) {
    return this == SMOKE ? smoke : usual;
  }

  int pick(int smoke, int usual, int full) {
    return this == FULL ? full : pick(smoke, usual);
  }
}
