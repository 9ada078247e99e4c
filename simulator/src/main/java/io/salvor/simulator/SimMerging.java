package io.salvor.simulator;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Merging;
import io.salvor.domain.workspace.MergeOutcome;

/// Merges, and reads back.
final class SimMerging extends SimEffect {
  private final Merging merging;
  private boolean moved;

  SimMerging(World world, Inbox inbox, Effect effect, Merging merging) {
    super(world, inbox, effect);
    this.merging = merging;
  }

  @Override
  void advance() {
    SimRepository repository = world.repository(task);
    if (!moved) {
      MergeOutcome obstacle = repository.obstacle(task.id(), merging.head());
      if (obstacle != null) {
        say("refused, " + obstacle);
        tell(new Finding.MergeTried(obstacle));
        return;
      }
      repository.merge(task.id(), merging.head());
      moved = true;
      say("the target moves");
      return;
    }
    say("reads back");
    tell(new Finding.MergeTried(new MergeOutcome.Merged(repository.tip())));
  }
}
