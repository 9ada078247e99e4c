package io.salvor.server.grpc;

import io.salvor.domain.agent.AgentPrograms;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.server.access.Callers;
import io.salvor.server.engine.World;
import io.salvor.server.errors.Errors;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.OpenShellRequest;
import io.salvor.v1.OpenShellResponse;
import java.util.concurrent.CompletableFuture;

/// Lets people into workspaces. Thread-safe.
final class Shells {
  private final World world;
  private final AgentPrograms programs;
  private final TaskLookup lookup;
  private final Commands commands;

  Shells(World world, AgentPrograms programs, TaskLookup lookup, Commands commands) {
    this.world = world;
    this.programs = programs;
    this.lookup = lookup;
    this.commands = commands;
  }

  CompletableFuture<OpenShellResponse> open(OpenShellRequest request) {
    if (!Callers.overSocket() || Callers.current().value().startsWith("agent:")) {
      throw Errors.failure(
          ErrorReason.Code.ACTOR_DENIED,
          "a workspace is opened to a person on this host, over the Unix socket",
          "salvor task debug  (as a person, where the server runs)");
    }
    var command = new TaskCommand.OpenShell(lookup.id(request.getName()), request.getProgramList());
    Task found = lookup.task(request.getName());
    boolean made = found.workspace().isPresent();
    if (made
        && found.attempt().isEmpty()
        && !world.workspaces().inspect(found.workspaceOrder(world.lineage())).present()) {
      throw Errors.failure(
          ErrorReason.Code.NOTHING_THERE,
          "the workspace of " + found.display() + " is not there any more",
          "salvor task dispatch --resume " + found.display());
    }
    var terms = new Commands.Terms("OpenShell", request.getRequestId(), request, "");
    return commands.perform(command, terms).thenApply(this::response);
  }

  private OpenShellResponse response(Task task) {
    String path = task.workspace().orElseThrow().path();
    var order =
        new LaunchOrder(
            task.lastStarted()
                .map(PastAttempt::ref)
                .orElse(new AttemptRef(task.id(), Math.max(1, task.lastAttempt()), 1)),
            task.display(),
            task.spec().agent(),
            path,
            task.spec().project(),
            "",
            task.lastStarted().flatMap(it -> it.progress().session()),
            task.spec().limits());
    var response =
        OpenShellResponse.newBuilder().setPath(path).setLock(world.commands().shellLock(task.id()));
    programs
        .environment(order)
        .forEach((name, value) -> response.addEnvironmentBuilder().setName(name).setValue(value));
    return response.build();
  }
}
