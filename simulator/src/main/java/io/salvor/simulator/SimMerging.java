package io.salvor.simulator;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Merging;
import io.salvor.domain.workspace.MergeOutcome;
import java.util.Optional;

/// Runs the gates on what would be merged where the target has moved, merges, and reads back.
final class SimMerging extends SimEffect {
  private final Merging merging;
  private Optional<String> tried = Optional.empty();
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
      } else if (toBeTried(repository)) {
        tryOut(repository);
      } else {
        repository.merge(task.id(), merging.head());
        moved = true;
        say("the target moves");
      }
      return;
    }
    say("reads back");
    tell(new Finding.MergeTried(new MergeOutcome.Merged(repository.tip())));
  }

  /// Whether what would be merged is not what the gates have seen.
  private boolean toBeTried(SimRepository repository) {
    return !task.spec().gates().isEmpty()
        && repository.mergeIsNew(task.id(), merging.head())
        && !tried.equals(Optional.of(repository.tip()));
  }

  private void tryOut(SimRepository repository) {
    tried = Optional.of(repository.tip());
    boolean passed = world.dice.below(4) < 3;
    say(passed ? "the gates pass on the merged result" : "a gate fails on the merged result");
    if (!passed) {
      tell(new Finding.MergeTried(new MergeOutcome.GatesFailed("make check")));
    }
  }
}
