package io.salvor.simulator;

import java.util.Arrays;
import java.util.List;

/// All chance of a story: the same seed rolls the same in every JVM. Every roll is noted, so that a
/// story can be told again from its rolls, or from fewer of them.
///
/// Nought is always the dullest choice: a story whose rolls have run out ends in boredom.
final class Dice {
  private final int[] given;
  private final boolean replaying;
  private long state;
  private int[] rolls = new int[1024];
  private int count;

  private Dice(long seed, int[] given, boolean replaying) {
    this.state = seed;
    this.given = given;
    this.replaying = replaying;
  }

  static Dice ofSeed(long seed) {
    return new Dice(seed, new int[0], false);
  }

  /// Rolls what was rolled before; nought when that has run out.
  static Dice replaying(int[] rolls) {
    return new Dice(0, rolls, true);
  }

  /// A number from 0 up to and without `bound`.
  int below(int bound) {
    int roll;
    if (replaying) {
      roll = count < given.length ? Math.floorMod(given[count], bound) : 0;
    } else {
      roll = (int) Long.remainderUnsigned(next(), bound);
    }
    if (count == rolls.length) {
      rolls = Arrays.copyOf(rolls, count * 2);
    }
    rolls[count] = roll;
    count++;
    return roll;
  }

  /// A number between these two, both included.
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /// True in so many of a thousand cases.
  boolean perMille(int chance) {
    return below(1000) >= 1000 - chance;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /// All rolls so far.
  int[] rolls() {
    return Arrays.copyOf(rolls, count);
  }

  /// SplitMix64: small, and good enough to choose what goes wrong next.
  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
