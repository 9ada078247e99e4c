package io.salvor.simulator;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.task.GateRun;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Verifying;
import java.util.List;
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
    if (world.dice.below(8) > 0) {
      return; // tests take their time, and people come by
    }
    boolean passed = world.dice.below(4) < 3;
    world.gatesRan(task.id(), passed);
    say(passed ? "all gates passed" : "a gate failed");
    if (effect.task().state() instanceof Verifying it && it.byHand().isPresent()) {
      tell(
          new Finding.Checked(
              List.of(new GateRun("make check", passed ? "" : "exited with status 1", "said"))));
      return;
    }
    if (passed && effect.task().state() instanceof Verifying it && it.salvage().isPresent()) {
      tell(new Finding.Saved(it.head()));
      return;
    }
    tell(new Finding.GatesRan(passed ? Optional.empty() : Optional.of("make check")));
  }
}
