package io.salvor.domain.engine;

import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import java.util.Optional;

/// Something to be done in the world because a task's durable state wants it. Harmless to do again.
///
/// @param task as it was when the effect began; [Task#since] goes into what it observes
public record Effect(Kind kind, Task task) {

  /// What is to be done.
  public enum Kind {
    /// Put the workspace back to its base.
    RESET,
    /// Make the workspace.
    PREPARE,
    /// Start the agent.
    SPAWN,
    /// Follow the agent.
    WATCH,
    /// End the attempt, and prove it.
    END,
    /// Run the gates.
    VERIFY,
    /// Merge, and read back.
    MERGE,
    /// Push the target to a remote.
    PUSH
  }

  /// What a task's state wants done, if anything: the one rule for running on and for starting
  /// again.
  public static Optional<Effect> wantedBy(Task task) {
    return switch (task.state()) {
      case TaskState.Claimed claimed ->
          of(claimed.workspace().isEmpty() ? Kind.PREPARE : Kind.SPAWN, task);
      case TaskState.Ready ready when ready.resetting() -> of(Kind.RESET, task);
      case TaskState.Running _ -> of(Kind.WATCH, task);
      case TaskState.Stopping _ -> of(Kind.END, task);
      case TaskState.Verifying _ -> of(Kind.VERIFY, task);
      case TaskState.Merging _ -> of(Kind.MERGE, task);
      case TaskState.Merged _ when !task.isSettled() -> of(Kind.PUSH, task);
      case TaskState.Pending _,
          TaskState.Ready _,
          TaskState.Queued _,
          TaskState.Review _,
          TaskState.Approved _,
          TaskState.Merged _,
          TaskState.Blocked _,
          TaskState.Paused _,
          TaskState.NeedsFix _,
          TaskState.Failed _,
          TaskState.Rejected _,
          TaskState.Cancelled _,
          TaskState.Skipped _ ->
          Optional.empty();
    };
  }

  private static Optional<Effect> of(Kind kind, Task task) {
    return Optional.of(new Effect(kind, task));
  }
}
