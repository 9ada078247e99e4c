package io.salvor.server.engine;

import io.salvor.domain.task.Attempt;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceCommands.CommandResult;
import io.salvor.domain.workspace.WorkspaceProblem;
import java.util.Optional;

/// Makes an attempt's workspace and sets it up. May be repeated after a crash.
final class Preparing {
  private final World world;

  Preparing(World world) {
    this.world = world;
  }

  Preparation prepare(Task task, Attempt attempt) throws InterruptedException {
    Preparation made =
        world
            .workspaces()
            .prepare(
                task.workspaceOrder(world.lineage()),
                attempt.ref().number(),
                attempt.mode() == StartMode.FRESH);
    if (!(made instanceof Preparation.Ready ready)) {
      return made;
    }
    if (ready.created()) {
      world.setupMarks().forget(task.id());
    }
    Optional<WorkspaceProblem> problem = setUp(task, attempt, ready.workspace());
    return problem.isPresent() ? new Preparation.Refused(problem.get()) : made;
  }

  private Optional<WorkspaceProblem> setUp(Task task, Attempt attempt, Workspace workspace)
      throws InterruptedException {
    TaskSpec.Preparation wanted = task.spec().preparation();
    if (wanted.setup().isEmpty() || world.setupMarks().isDone(task.id())) {
      return Optional.empty();
    }
    for (String command : wanted.setup()) {
      CommandResult result =
          world.commands().run(attempt.ref(), workspace.path(), command, wanted.limit());
      Optional<String> failure = CommandFailure.of(result);
      if (failure.isPresent()) {
        return Optional.of(
            new WorkspaceProblem(
                WorkspaceProblem.Kind.SETUP_FAILED,
                "set-up `" + command + "` " + failure.get(),
                "salvor task logs " + task.display()));
      }
    }
    world.setupMarks().done(task.id());
    return Optional.empty();
  }
}
