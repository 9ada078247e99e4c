package io.salvor.server.engine;

import io.salvor.domain.task.Attempt;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Reset;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.workspace.BroughtIn;
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
    Optional<WorkspaceProblem> person = somebody(task, "salvor task dispatch --resume");
    if (person.isPresent()) {
      return new Preparation.Refused(person.get());
    }
    boolean fresh = attempt.mode() == StartMode.FRESH;
    if (fresh) {
      forgetSetup(task);
    }
    Preparation made =
        world
            .workspaces()
            .prepare(task.workspaceOrder(world.lineage()), attempt.ref().number(), fresh);
    if (!(made instanceof Preparation.Ready ready)) {
      return made;
    }
    if (ready.created()) {
      forgetSetup(task);
    }
    Optional<WorkspaceProblem> problem = setUp(task, attempt, ready.workspace());
    if (problem.isPresent()) {
      return new Preparation.Refused(problem.get());
    }
    return attempt.mode() == StartMode.RESOLVE ? withTarget(task, ready) : made;
  }

  /// A fresh start cleans away what the set-up has made; first, so that a crash in between cannot
  /// leave a workspace that is taken for set up.
  private void forgetSetup(Task task) {
    world.setupMarks().forget(task.id());
  }

  /// Puts the workspace back to its base, once for each time that somebody wants it; what is there
  /// is kept.
  Finding putBack(Task task, Reset reset) {
    Optional<WorkspaceProblem> person = somebody(task, "salvor task reset");
    if (person.isPresent()) {
      return new Finding.PutBack(Optional.of(person.get().detail()));
    }
    forgetSetup(task);
    Preparation made =
        world.workspaces().prepare(task.workspaceOrder(world.lineage()), reset.number(), true);
    return switch (made) {
      case Preparation.Ready _ -> new Finding.PutBack(Optional.empty());
      case Preparation.Refused(var problem) -> new Finding.PutBack(Optional.of(problem.detail()));
    };
  }

  private Optional<WorkspaceProblem> somebody(Task task, String again) {
    return world
        .commands()
        .shellIn(task.id())
        .map(who ->
            new WorkspaceProblem(
                WorkspaceProblem.Kind.LOCKED,
                "somebody is in the workspace by `salvor task debug`: " + who,
                "leave that shell; then " + again + " " + task.display()));
  }

  /// Brings the target in, so that the agent finds the conflicts that it is to resolve.
  private Preparation withTarget(Task task, Preparation.Ready ready) {
    String target = task.spec().target().orElse("");
    Optional<BroughtIn> broughtIn =
        world.workspaces().bringIn(task.workspaceOrder(world.lineage()), target);
    return broughtIn.isPresent()
        ? new Preparation.Ready(ready.workspace(), ready.created(), broughtIn)
        : new Preparation.Refused(
            new WorkspaceProblem(
                WorkspaceProblem.Kind.TARGET_GONE,
                "the branch " + target + " is gone",
                "salvor task edit --into BRANCH " + task.display()));
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
