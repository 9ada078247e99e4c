package io.salvor.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells one story: faults and wishes for a while, then peace until everything has come to rest.
final class Simulation {
  /// More steps of peace than any story needs.
  private static final int PEACE = 50_000;

  private final Dice dice;
  private final Tale tale;
  private final World world;
  private final Operators operators;
  private @Nullable SimServer server;

  private Simulation(Dice dice, boolean inWords) {
    this.dice = dice;
    this.tale = new Tale(inWords);
    this.world = new World(dice, tale, Plot.drawnFrom(dice));
    this.operators = new Operators(world);
  }

  static StoryResult tell(Dice dice, boolean inWords) {
    var simulation = new Simulation(dice, inWords);
    Optional<Throwable> failure = Optional.empty();
    try {
      simulation.run();
    } catch (RuntimeException e) {
      simulation.tale.tell("FAILED: " + e.getMessage());
      failure = Optional.of(e);
    }
    Tale tale = simulation.tale;
    return new StoryResult(
        tale.steps(),
        simulation.world.clock.passed(),
        tale.hash(),
        failure,
        simulation.world.oracles.coverage(),
        tale.lines(),
        dice);
  }

  private void run() {
    tale.tell(world.plot.toString());
    server = new SimServer(world);
    for (int i = 0; i < world.plot.steps(); i++) {
      step();
    }
    tale.tell("peace");
    world.peace();
    for (int i = 0; i < PEACE; i++) {
      if (peacefulStep()) {
        world.oracles.cameToRest();
        return;
      }
    }
    world.oracles.cameToRest();
    throw new OracleFailed("Z1", "does not come to rest");
  }

  private void step() {
    tale.step();
    SimServer up = server;
    if (up == null) {
      stepWithoutServer();
    } else if (!somethingGoesWrong(up)) {
      stepWith(up, dice.below(20));
    }
    world.oracles.stepped();
  }

  private boolean somethingGoesWrong(SimServer up) {
    if (dice.perMille(world.plot.crash())) {
      up.crash();
      server = null;
    } else if (dice.perMille(world.plot.reboot())) {
      up.crash();
      server = null;
      world.fault(Fault.HOST_STARTED_ANEW);
      world.reboot();
      world.diskLosesWhatItSynced();
    } else if (dice.perMille(world.plot.clockStep())) {
      Duration step = Duration.ofMinutes(dice.between(-2_000, 2_000));
      world.clock.set(step);
      world.fault(step.isNegative() ? Fault.CLOCK_SET_BACK : Fault.CLOCK_SET_FORWARD);
      tale.tell("somebody sets the clock by " + step);
    } else if (dice.perMille(world.plot.repoEvent())) {
      world.somethingHappensToARepository();
    } else if (dice.perMille(world.plot.memory())) {
      world.memoryChanges();
    } else if (dice.perMille(world.plot.disk())) {
      world.diskFillsUp();
    } else if (dice.perMille(world.plot.provider())) {
      world.providerChanges();
    } else {
      return false;
    }
    return true;
  }

  private void stepWithoutServer() {
    switch (dice.below(4)) {
      case 0 -> {
        tale.tell("a server starts");
        server = new SimServer(world);
      }
      case 1 -> pass();
      default -> world.actSomebody();
    }
  }

  private void stepWith(SimServer up, int roll) {
    if (roll < 6 && up.hasInput()) {
      up.decideNext();
    } else if (roll < 9 && up.canBeginWrite()) {
      up.beginWrite();
    } else if (roll < 11 && up.isWriting()) {
      up.goOnWriting();
    } else if (roll < 12 && up.isLoading()) {
      up.goOnLoading();
    } else if (roll < 16) {
      stepAnEffect(up);
    } else if (roll < 18) {
      world.actSomebody();
    } else if (roll < 19) {
      operators.ask(up);
    } else {
      pass();
      up.tick();
    }
  }

  private boolean stepAnEffect(SimServer up) {
    List<SimEffect> runnable = up.runnable();
    if (runnable.isEmpty()) {
      return false;
    }
    up.step(dice.oneOf(runnable));
    return true;
  }

  /// Some seconds mostly, sometimes many minutes.
  private void pass() {
    world.pass(
        dice.below(10) < 9
            ? Duration.ofSeconds(dice.below(30))
            : Duration.ofMinutes(dice.below(40)));
  }

  /// Nothing goes wrong; returns whether everything has come to rest.
  private boolean peacefulStep() {
    tale.step();
    SimServer up = server;
    if (up == null) {
      server = new SimServer(world);
      tale.tell("a server starts");
      return false;
    }
    boolean busy = !up.isQuiet() || !world.processes.busy().isEmpty();
    if (busy) {
      stepWith(up, peacefulRoll(up));
      world.oracles.stepped();
      return false;
    }
    return restAfterTicks(up);
  }

  /// What there is to do, and no new wishes.
  private int peacefulRoll(SimServer up) {
    if (up.hasInput()) {
      return 0;
    }
    if (up.isWriting()) {
      return 10;
    }
    if (up.canBeginWrite()) {
      return 6;
    }
    if (up.isLoading()) {
      return 11;
    }
    return up.runnable().isEmpty() ? 16 : 12;
  }

  /// Lets minutes pass until a whole hour and more brought nothing.
  private boolean restAfterTicks(SimServer up) {
    for (int minute = 0; minute < 100; minute++) {
      world.pass(Duration.ofMinutes(1));
      up.tick();
      while (up.hasInput()) {
        up.decideNext();
      }
      if (!up.isQuiet() || !world.processes.busy().isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
