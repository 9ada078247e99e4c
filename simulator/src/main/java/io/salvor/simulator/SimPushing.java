package io.salvor.simulator;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState.Merged;
import io.salvor.domain.workspace.PushOutcome;

/// Pushes, and hears what came of it.
final class SimPushing extends SimEffect {
  private final Merged merged;
  private boolean pushed;

  SimPushing(World world, Inbox inbox, Effect effect, Merged merged) {
    super(world, inbox, effect);
    this.merged = merged;
  }

  @Override
  void advance() {
    if (!pushed) {
      intended();
      if (!world.repository(task).push(merged.targetCommit())) {
        say("refused");
        tell(new Finding.PushTried(new PushOutcome.Refused("closed")));
        return;
      }
      pushed = true;
      say("the remote moves");
      return;
    }
    say("hears that it did");
    tell(new Finding.PushTried(new PushOutcome.Pushed()));
  }

  /// What leaves the house was meant to, on the disk, and nothing is known of it there.
  private void intended() {
    Task durable = world.oracles.ledger().task(task.id()).orElseThrow();
    if (!(durable.state() instanceof Merged) || durable.isSettled()) {
      throw new OracleFailed("Z1", task.display() + " is pushed as " + durable.state());
    }
  }
}
