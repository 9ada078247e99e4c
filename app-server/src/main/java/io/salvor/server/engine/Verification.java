package io.salvor.server.engine;

import io.salvor.domain.task.Ending;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Salvage;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState.Verifying;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.RescueOutcome;
import io.salvor.domain.workspace.WorkspaceOrder;
import java.util.Optional;

/// Runs a project's gates, and commits what a dead agent left where they pass on it. May be done
/// again. Thread-safe; blocks.
final class Verification {
  private final World world;
  private final Gates gates;

  Verification(World world) {
    this.world = world;
    this.gates = new Gates(world);
  }

  Finding run(Task task, Verifying verifying) throws InterruptedException {
    if (verifying.byHand().isPresent()) {
      return new Finding.Checked(
          gates.runs(task, verifying.attempt().ref(), verifying.workspace().path()));
    }
    if (verifying.salvage().isEmpty()) {
      return new Finding.GatesRan(failure(task, verifying));
    }
    WorkspaceOrder order = task.workspaceOrder(world.lineage());
    int attempt = verifying.attempt().ref().number();
    if (world.workspaces().prepare(order, attempt, false)
        instanceof Preparation.Refused(var problem)) {
      return failed(problem.detail());
    }
    world.workspaces().snapshot(order, attempt);
    Optional<String> failure = failure(task, verifying);
    if (failure.isPresent()) {
      return new Finding.GatesRan(failure);
    }
    String message = message(task, verifying, verifying.salvage().get());
    return switch (world.workspaces().rescue(order, message)) {
      case RescueOutcome.Rescued rescued -> new Finding.Saved(rescued.head());
      case RescueOutcome.Refused(var detail) -> failed(detail);
    };
  }

  /// That nothing was saved, and why.
  static Finding failed(String detail) {
    return new Finding.GatesRan(Optional.of("nothing was committed: " + detail));
  }

  private Optional<String> failure(Task task, Verifying verifying) throws InterruptedException {
    return gates.failure(task, verifying.attempt().ref(), verifying.workspace().path());
  }

  private static String message(Task task, Verifying verifying, Salvage salvage) {
    Ending ending = task.lastStarted().map(PastAttempt::ending).orElseThrow();
    String gates =
        task.spec().gates().isEmpty()
            ? "The project has no gates."
            : "These gates passed on it: " + String.join("; ", task.spec().gates()) + ".";
    return """
    Salvage %s: %s

    What attempt %d left when it ended with %s (%s).
    %s Hooks of the repository were bypassed.
    %s
    Salvaged-by: %s
    """
        .formatted(
            task.display(),
            task.spec().title(),
            verifying.attempt().ref().number(),
            ending.reason().label(),
            ending.codepath().label(),
            gates,
            salvage.summary().isEmpty() ? "" : "\n" + salvage.summary() + "\n",
            salvage.by());
  }
}
