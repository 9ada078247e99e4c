package io.salvor.simulator;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.TaskState.Claimed;
import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.WorkspaceProblem;
import java.util.List;
import java.util.Optional;

/// Makes a workspace: the branch first, then the worktree.
final class SimPreparing extends SimEffect {
  private static final List<WorkspaceProblem.Kind> PROBLEMS =
      List.of(WorkspaceProblem.Kind.values());

  private final Claimed claimed;
  private boolean branchMade;

  SimPreparing(World world, Inbox inbox, Effect effect, Claimed claimed) {
    super(world, inbox, effect);
    this.claimed = claimed;
  }

  @Override
  void advance() {
    SimRepository repository = world.repository(task);
    if (world.diskFull || repository.isLocked() || world.dice.perMille(world.plot.refusal())) {
      WorkspaceProblem.Kind kind =
          world.diskFull
              ? WorkspaceProblem.Kind.DISK_FULL
              : repository.isLocked() ? WorkspaceProblem.Kind.LOCKED : world.dice.oneOf(PROBLEMS);
      world.fault(Fault.WORKSPACE_REFUSED);
      say("refused, " + kind);
      tell(
          new Finding.Prepared(
              new Preparation.Refused(new WorkspaceProblem(kind, "no workspace", "mend it"))));
    } else if (!branchMade) {
      repository.makeBranch(task.id());
      branchMade = true;
      say("the branch stands");
    } else if (!repository.hasBranch(task.id())) {
      branchMade = false;
      say("the branch is gone again");
    } else {
      boolean created = !repository.hasWorktree(task.id());
      boolean fresh = claimed.attempt().mode() == StartMode.FRESH;
      var workspace = repository.makeWorktree(task.id(), claimed.attempt().ref().number(), fresh);
      say("the worktree stands");
      Optional<BroughtIn> broughtIn =
          claimed.attempt().mode() == StartMode.RESOLVE
              ? Optional.of(repository.bringIn(task.id()))
              : Optional.empty();
      broughtIn.ifPresent(it -> say("the target is brought in: " + it));
      tell(new Finding.Prepared(new Preparation.Ready(workspace, created, broughtIn)));
    }
  }
}
