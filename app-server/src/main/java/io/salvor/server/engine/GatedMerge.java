package io.salvor.server.engine;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState.Merging;
import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.MergeTrial;
import io.salvor.domain.workspace.WorkspaceCommands.CommandResult;
import io.salvor.domain.workspace.WorkspaceOrder;
import java.util.Optional;

/// Merges what was approved. Where the target has moved since, or where no gates passed on the
/// commit alone - a person said that it was done, or uncommitted files lay beside it -, they run on
/// what the merge would make of the target, before the target does. May be done again. Thread-safe;
/// blocks.
final class GatedMerge {
  private static final int TRIES = 5;

  private final World world;
  private final Gates gates;

  GatedMerge(World world) {
    this.world = world;
    this.gates = new Gates(world);
  }

  Finding run(Task task, Merging merging) throws InterruptedException {
    MergeOrder order = order(task, merging);
    if (task.spec().gates().isEmpty()) {
      return new Finding.MergeTried(world.workspaces().merge(order));
    }
    MergeOrder gated = passed(task, merging.head()) ? order : order.asUnchecked();
    MergeOutcome outcome = tried(task, gated);
    for (int tries = 1; tries < TRIES && outcome instanceof MergeOutcome.TargetMoved; tries++) {
      outcome = tried(task, gated);
    }
    return new Finding.MergeTried(outcome);
  }

  private static boolean passed(Task task, String head) {
    return task.attempts().stream().anyMatch(it -> it.passedOn(head));
  }

  private MergeOutcome tried(Task task, MergeOrder order) throws InterruptedException {
    WorkspaceOrder workspace = task.workspaceOrder(world.lineage());
    return switch (world.workspaces().tryMerge(workspace, order)) {
      case MergeTrial.NothingNew(var target) ->
          world.workspaces().merge(target.map(order::onto).orElse(order));
      case MergeTrial.Stands(var path, var target) -> {
        Optional<String> failure;
        try {
          failure = failure(task, path);
        } finally {
          world.workspaces().endTrial(workspace);
        }
        yield failure.isPresent()
            ? new MergeOutcome.GatesFailed(
                "merged with " + shortHash(target) + " of " + order.target() + ", " + failure.get())
            : world.workspaces().merge(order.onto(target));
      }
    };
  }

  private Optional<String> failure(Task task, String path) throws InterruptedException {
    AttemptRef attempt = attempt(task);
    var preparation = task.spec().preparation();
    for (String command : preparation.setup()) {
      CommandResult result = world.commands().run(attempt, path, command, preparation.limit());
      Optional<String> failure = CommandFailure.of(result);
      if (failure.isPresent()) {
        return Optional.of("set-up `" + command + "` " + failure.get());
      }
    }
    return gates.failure(task, attempt, path);
  }

  /// Where their output goes: to the last attempt's folder.
  private static AttemptRef attempt(Task task) {
    return task.attempts().isEmpty()
        ? new AttemptRef(task.id(), Math.max(1, task.lastAttempt()), 1)
        : last(task).ref();
  }

  private static PastAttempt last(Task task) {
    return task.attempts().getLast();
  }

  private static MergeOrder order(Task task, Merging merging) {
    String message =
        "Merge "
            + task.branch()
            + ": "
            + task.spec().title()
            + "\n\nApproved by "
            + merging.verdict().by()
            + " at "
            + merging.head();
    return new MergeOrder(
        task.spec().project(),
        task.display(),
        task.branch(),
        merging.head(),
        merging.target(),
        message);
  }

  private static String shortHash(String hash) {
    return hash.length() > 10 ? hash.substring(0, 10) : hash;
  }
}
