package io.salvor.server.grpc;

import io.salvor.domain.instance.InstanceCommand;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.errors.Errors;
import io.salvor.v1.Freeze;
import io.salvor.v1.FreezeInstanceRequest;
import io.salvor.v1.FreezeInstanceResponse;
import io.salvor.v1.UnfreezeInstanceRequest;
import io.salvor.v1.UnfreezeInstanceResponse;
import java.util.Optional;

/// Freezes the whole instance, and lets it go on. Thread-safe.
final class Freezing {
  private final Commands commands;
  private final EngineLoop engine;
  private final OpenAttempts attempts;
  private final TaskMessages messages;

  Freezing(Commands commands, EngineLoop engine, TaskMessages messages) {
    this.commands = commands;
    this.engine = engine;
    this.attempts = new OpenAttempts(engine);
    this.messages = messages;
  }

  /// The freeze that stands.
  Optional<Freeze> freeze() {
    return engine.instance().freeze().map(Freezing::message);
  }

  FreezeInstanceResponse freeze(FreezeInstanceRequest request) throws InterruptedException {
    commands.govern(
        new InstanceCommand.Freeze(level(request), Texts.bounded("reason", request.getReason())),
        new Commands.Terms("FreezeInstance", request.getRequestId(), request, ""));
    var response = FreezeInstanceResponse.newBuilder().addAllOpenAttempts(attempts.now());
    freeze().ifPresent(response::setFreeze);
    return response.build();
  }

  UnfreezeInstanceResponse unfreeze(UnfreezeInstanceRequest request) throws InterruptedException {
    commands.govern(
        new InstanceCommand.Unfreeze(Texts.bounded("reason", request.getReason())),
        new Commands.Terms("UnfreezeInstance", request.getRequestId(), request, ""));
    var response = UnfreezeInstanceResponse.newBuilder();
    attempts
        .tasks(Freezing::restsSinceAFreeze)
        .forEach(task -> response.addPausedTasks(messages.of(task)));
    return response.build();
  }

  private static boolean restsSinceAFreeze(Task task) {
    return task.kind() == TaskState.Kind.PAUSED
        && !task.attempts().isEmpty()
        && task.attempts().getLast().ending().reason() == Ending.Reason.FROZEN;
  }

  private static io.salvor.domain.instance.Freeze.Level level(FreezeInstanceRequest request) {
    return switch (request.getLevel()) {
      case LEVEL_UNSPECIFIED, SOFT -> io.salvor.domain.instance.Freeze.Level.SOFT;
      case HARD -> io.salvor.domain.instance.Freeze.Level.HARD;
      case UNRECOGNIZED -> throw Errors.invalid("level", "a freeze is SOFT or HARD");
    };
  }

  private static Freeze message(io.salvor.domain.instance.Freeze freeze) {
    return Freeze.newBuilder()
        .setLevel(Freeze.Level.valueOf(freeze.level().name()))
        .setActor(freeze.by().value())
        .setReason(freeze.reason())
        .setStartTime(Names.time(freeze.since()))
        .build();
  }
}
