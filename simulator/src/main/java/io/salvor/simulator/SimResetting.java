package io.salvor.simulator;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Reset;
import java.util.Optional;

/// Puts a workspace back to its base: the branch first, then the worktree.
final class SimResetting extends SimEffect {
  private final Reset reset;
  private boolean branchMade;

  SimResetting(World world, Inbox inbox, Effect effect, Reset reset) {
    super(world, inbox, effect);
    this.reset = reset;
  }

  @Override
  void advance() {
    SimRepository repository = world.repository(task);
    if (world.dice.perMille(world.plot.refusal())) {
      say("refused");
      tell(new Finding.PutBack(Optional.of("somebody is in it")));
    } else if (!branchMade || !repository.hasBranch(task.id())) {
      repository.makeBranch(task.id());
      branchMade = true;
      say("the branch stands");
    } else {
      repository.makeWorktree(task.id(), reset.number(), true);
      say("the worktree is at its base");
      tell(new Finding.PutBack(Optional.empty()));
    }
  }
}
