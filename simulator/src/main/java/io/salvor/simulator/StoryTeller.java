package io.salvor.simulator;

import java.util.function.LongFunction;

/// Tells the story of a seed, and answers what was found wrong in it: empty for nothing. For those
/// who load the simulator by its name, beside others of it.
public final class StoryTeller implements LongFunction<String> {
  @Override
  public String apply(long seed) {
    StoryResult result = Simulation.tell(Dice.ofSeed(seed), false);
    return result
        .failure()
        .map(it -> it instanceof OracleFailed ? it.getMessage() : it.toString())
        .orElse("");
  }
}
