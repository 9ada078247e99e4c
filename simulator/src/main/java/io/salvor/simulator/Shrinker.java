package io.salvor.simulator;

import java.util.Arrays;
import java.util.function.Function;

/// Makes a failing story shorter: leaves out rolls, or makes them dull, as long as it still fails
/// in the same way.
final class Shrinker {
  private final Function<int[], Try> story;
  private int triesLeft;
  private int[] best;

  private Shrinker(int[] rolls, int tries, Function<int[], Try> story) {
    this.best = rolls;
    this.triesLeft = tries;
    this.story = story;
  }

  /// A shorter story was told.
  ///
  /// @param failed whether it failed in the same way
  /// @param used how many rolls it took
  record Try(boolean failed, int used) {}

  /// The shortest rolls found within so many tries.
  static int[] shrink(StoryResult failed, int tries) {
    String kind = failed.kindOfFailure();
    return shrink(
        failed.rolls(),
        tries,
        rolls -> {
          StoryResult told = Simulation.tell(Dice.replaying(rolls), false);
          return new Try(told.kindOfFailure().equals(kind), told.rolls().length);
        });
  }

  static int[] shrink(int[] rolls, int tries, Function<int[], Try> story) {
    var shrinker = new Shrinker(rolls, tries, story);
    shrinker.run();
    return shrinker.best;
  }

  private void run() {
    boolean better = true;
    while (better && triesLeft > 0) {
      int before = weight();
      for (int size = Math.max(1, best.length / 2); size >= 1; size /= 2) {
        leaveOut(size);
        makeDull(size);
      }
      better = weight() < before;
    }
  }

  private int weight() {
    return best.length + (int) Arrays.stream(best).filter(roll -> roll != 0).count();
  }

  private void leaveOut(int size) {
    int from = 0;
    while (from + size <= best.length && triesLeft > 0) {
      var shorter = new int[best.length - size];
      System.arraycopy(best, 0, shorter, 0, from);
      System.arraycopy(best, from + size, shorter, from, best.length - from - size);
      if (!accept(shorter)) {
        from += size;
      }
    }
  }

  private void makeDull(int size) {
    for (int from = 0; from + size <= best.length && triesLeft > 0; from += size) {
      int[] dull = best.clone();
      Arrays.fill(dull, from, from + size, 0);
      if (!Arrays.equals(dull, best)) {
        accept(dull);
      }
    }
  }

  private boolean accept(int[] rolls) {
    triesLeft--;
    Try told = story.apply(rolls);
    if (told.failed()) {
      best = told.used() < rolls.length ? Arrays.copyOf(rolls, told.used()) : rolls;
    }
    return told.failed();
  }
}
