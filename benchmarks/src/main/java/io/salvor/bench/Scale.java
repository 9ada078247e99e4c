package io.salvor.bench;

import java.util.OptionalInt;

/// How much is done.
///
/// @param history records where history matters, and somebody said how many
record Scale(Size size, OptionalInt history) {

  /// Only to see that it works; the figures mean nothing.
  static final Scale SMOKE = new Scale(Size.SMOKE, OptionalInt.empty());

  /// A few minutes in all.
  static final Scale USUAL = new Scale(Size.USUAL, OptionalInt.empty());

  /// As [#USUAL], with a million records where history matters.
  static final Scale FULL = new Scale(Size.FULL, OptionalInt.empty());

  enum Size {
    SMOKE,
    USUAL,
    FULL
  }

  Scale withHistory(int records) {
    return new Scale(size, OptionalInt.of(records));
  }

  int pick(int smoke, int usual) {
    return size == Size.SMOKE ? smoke : usual;
  }

  int pick(int smoke, int usual, int full) {
    return size == Size.FULL ? full : pick(smoke, usual);
  }

  /// Records of a long history.
  int records() {
    return history.orElse(pick(500, 100_000, 1_000_000));
  }

  /// How often what takes time with each record is repeated.
  int turns() {
    return pick(1, records() > 200_000 ? 2 : 5);
  }
}
