package io.salvor.simulator;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Tells stories: `salvor-sim [--seed N] [--stories N] [--from N] [--hashes]`.
///
/// Without `--seed`, tells as many as `--stories` says, from seed `--from` on. A seed that fails is
/// told again in words, as short as it can be made, and the exit status is 1.
public final class SalvorSim {
  private static final int SHRINK_TRIES = 20_000;
  private static final double HOURS_OF_A_YEAR = 8_766;

  private final PrintStream out;
  private final Coverage coverage = new Coverage();
  private final List<Long> failed = new ArrayList<>();
  private long steps;
  private Duration time = Duration.ZERO;

  SalvorSim(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    long from = 1;
    long stories = 1_000;
    boolean one = false;
    boolean hashes = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--seed" -> {
          from = Long.parseLong(args[++i]);
          one = true;
        }
        case "--from" -> from = Long.parseLong(args[++i]);
        case "--stories" -> stories = Long.parseLong(args[++i]);
        case "--hashes" -> hashes = true;
        default -> {
          System.err.println("usage: salvor-sim [--seed N] [--stories N] [--from N] [--hashes]");
          System.exit(2);
        }
      }
    }
    var sim = new SalvorSim(System.out);
    System.exit(one ? sim.tellOne(from) : sim.tellMany(from, stories, hashes));
  }

  /// Tells one story in words.
  int tellOne(long seed) {
    StoryResult result = Simulation.tell(Dice.ofSeed(seed), true);
    result.words().forEach(out::println);
    out.printf("seed %d: %d steps, trace %016x%n", seed, result.steps(), result.hash());
    return result.failure().isEmpty() ? 0 : explain(seed, result);
  }

  /// Tells many stories, one after the other.
  int tellMany(long from, long stories, boolean hashes) {
    long began = System.nanoTime();
    for (long seed = from; seed < from + stories && failed.size() < 5; seed++) {
      StoryResult result = Simulation.tell(Dice.ofSeed(seed), false);
      steps += result.steps();
      time = time.plus(result.time());
      coverage.add(result.coverage());
      if (hashes) {
        out.printf("%d %016x%n", seed, result.hash());
      }
      if (result.failure().isPresent()) {
        failed.add(seed);
        explain(seed, result);
      }
    }
    if (!hashes) {
      out.print(coverage.table());
      double seconds = (System.nanoTime() - began) / 1e9;
      out.printf(
          "%,d stories from seed %d, %,d steps, %,d faults, %,.1f virtual years, %d pairs of state"
              + " and input; %.1f s, %,.0f steps a second%n",
          stories,
          from,
          steps,
          coverage.faults(),
          time.toHours() / HOURS_OF_A_YEAR,
          coverage.pairs(),
          seconds,
          steps / seconds);
      out.println(failed.isEmpty() ? "all invariants held" : "FAILED: seeds " + failed);
    }
    return failed.isEmpty() ? 0 : 1;
  }

  private int explain(long seed, StoryResult result) {
    int[] rolls = Shrinker.shrink(result, SHRINK_TRIES);
    StoryResult shortest = Simulation.tell(Dice.replaying(rolls), true);
    out.printf("seed %d fails: %s%n", seed, result.failure().orElseThrow().getMessage());
    out.printf(
        "as short as it could be made (%d of %d rolls):%n", rolls.length, result.rolls().length);
    shortest.words().forEach(out::println);
    shortest.failure().ifPresent(it -> it.printStackTrace(out));
    return 1;
  }

  Coverage coverage() {
    return coverage;
  }
}
