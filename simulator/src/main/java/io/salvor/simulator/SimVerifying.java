package io.salvor.simulator;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.task.Observation.Finding;
import java.util.Optional;

/// Runs the gates.
final class SimVerifying extends SimEffect {
  private boolean started;

  SimVerifying(World world, Inbox inbox, Effect effect) {
    super(world, inbox, effect);
  }

  @Override
  void advance() {
    if (!started) {
      started = true;
      say("the gates run");
      return;
    }
    boolean passed = world.dice.below(4) < 3;
    say(passed ? "all gates passed" : "a gate failed");
    tell(new Finding.GatesRan(passed ? Optional.empty() : Optional.of("make check")));
  }
}
