package io.salvor.cli.task;

import io.salvor.cli.session.ExitCode;
import io.salvor.v1.Task;
import java.util.Optional;

/// The one place that says when waiting for a task is over, and with which exit code.
final class TaskOutcomes {
  private TaskOutcomes() {}

  /// The exit code of a wait that ends here; empty while the task goes on by itself.
  static Optional<ExitCode> settled(Task task) {
    return switch (task.getState()) {
      case REVIEW, APPROVED -> Optional.of(ExitCode.OK);
      case MERGED -> merged(task);
      case FAILED, REJECTED -> Optional.of(ExitCode.FAILURE);
      case PAUSED -> Optional.of(wantsReload(task) ? ExitCode.RELOAD : ExitCode.NEEDS_PERSON);
      case BLOCKED, NEEDS_FIX -> Optional.of(ExitCode.NEEDS_PERSON);
      case CANCELLED, SKIPPED -> Optional.of(ExitCode.CANCELLED);
      case READY ->
          task.getWaitsFor().hasUntilTime() ? Optional.empty() : Optional.of(ExitCode.NEEDS_PERSON);
      case PENDING, QUEUED, CLAIMED, RUNNING, STOPPING, VERIFYING, MERGING -> Optional.empty();
      case STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  private static boolean wantsReload(Task task) {
    return task.getAttemptsCount() > 0
        && task.getAttempts(task.getAttemptsCount() - 1).getReloadAsked();
  }

  /// The exit code of a wait for a reset; empty while git is at it.
  static Optional<ExitCode> reset(Task task) {
    return switch (task.getReset().getState()) {
      case PENDING -> Optional.empty();
      case REFUSED -> Optional.of(ExitCode.FAILURE);
      case DONE, STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.of(ExitCode.OK);
    };
  }

  /// The end of a wait for gates that a person wanted to see.
  static Optional<ExitCode> verified(Task task) {
    return task.getState() == Task.State.VERIFYING ? Optional.empty() : Optional.of(ExitCode.OK);
  }

  /// The exit code of a wait for a merge, and for the push after it; empty while one of them is not
  /// known.
  static Optional<ExitCode> merged(Task task) {
    return switch (task.getState()) {
      case MERGING -> Optional.empty();
      case MERGED ->
          switch (task.getPush().getState()) {
            case PENDING -> Optional.empty();
            case FAILED -> Optional.of(ExitCode.FAILURE);
            case DONE, STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.of(ExitCode.OK);
          };
      case CANCELLED, SKIPPED -> Optional.of(ExitCode.CANCELLED);
      default -> Optional.of(ExitCode.CONFLICT);
    };
  }
}
