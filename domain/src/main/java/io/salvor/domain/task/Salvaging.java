package io.salvor.domain.task;

import static io.salvor.domain.task.Refusals.refuse;
import static io.salvor.domain.task.Refusals.wrongState;

import io.salvor.domain.access.Actor;
import io.salvor.domain.task.Refusal.Code;
import io.salvor.domain.task.TaskState.Verifying;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `decide`: what follows from saving what a dead agent left.
final class Salvaging {
  private Salvaging() {}

  static Outcome begin(Draft draft, TaskCommand.Salvage salvage, Actor actor) {
    Task task = draft.task();
    switch (task.kind()) {
      case READY, FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX -> {}
      default -> {
        return wrongState(
            task,
            "cannot be salvaged while it is " + task.kind(),
            "salvor task show " + task.display());
      }
    }
    Optional<PastAttempt> last = task.lastStarted();
    WorkspaceSummary left = salvage.workspace();
    boolean snapshot = task.lastSummary().snapshot().isPresent();
    boolean nothing = left.commitsAhead() == 0 && left.clean() && !snapshot;
    if (last.isEmpty() || task.workspace().isEmpty() || left.head().isEmpty() || nothing) {
      return refuse(
          Code.NOTHING_THERE,
          task.display() + " has neither commits nor uncommitted files that could be saved",
          "salvor task diagnose " + task.display());
    }
    if (!salvage.unresolved().isEmpty()) {
      return refuse(
          Code.CONFLICTS_LEFT,
          task.display()
              + " has unresolved conflicts in "
              + String.join(", ", salvage.unresolved()),
          "salvor task debug "
              + task.display()
              + "  to resolve them, or salvor task dispatch --resume "
              + task.display());
    }
    return draft
        .add(
            actor,
            new TaskFact.SalvageIntended(
                last.get().ref(),
                task.workspace().get(),
                left.head().get(),
                salvage.summary(),
                salvage.domain()))
        .accepted();
  }

  /// What was left is in commits now, and passed the gates.
  static Outcome saved(Draft draft, Verifying verifying, Salvage salvage, String head) {
    List<Actor> executors = new ArrayList<>(draft.task().executors());
    if (!executors.contains(salvage.by())) {
      executors.add(salvage.by());
    }
    if (!draft.task().spec().gates().isEmpty()) {
      draft.add(new TaskFact.GatesPassed(head));
    }
    return draft
        .add(new TaskFact.Salvaged(verifying.attempt().ref(), head))
        .add(new TaskFact.ReviewAsked(head, executors, salvage.summary(), salvage.domain()))
        .accepted();
  }
}
