package io.salvor.server.grpc;

import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.Attempt;
import io.salvor.domain.task.Task;
import io.salvor.server.engine.EngineLoop;
import io.salvor.v1.OpenAttempt;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/// What is being worked on, as the engine durably has it. Thread-safe.
final class OpenAttempts {
  private final EngineLoop engine;

  OpenAttempts(EngineLoop engine) {
    this.engine = engine;
  }

  /// The attempts that are open.
  List<OpenAttempt> now() throws InterruptedException {
    return tasks(task -> task.kind().holdsSlot()).stream().map(OpenAttempts::message).toList();
  }

  /// The tasks that are not closed and of which this holds.
  List<Task> tasks(Predicate<Task> wanted) throws InterruptedException {
    try {
      return engine.look(core -> tasks(core, wanted)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the engine did not answer", e.getCause());
    }
  }

  private static List<Task> tasks(EngineCore core, Predicate<Task> wanted) {
    return core.openTasks().stream().map(OpenThread::task).filter(wanted).toList();
  }

  private static OpenAttempt message(Task task) {
    Attempt attempt = task.attempt().orElseThrow();
    return OpenAttempt.newBuilder()
        .setName(Names.attempt(task.id(), attempt.ref().number()))
        .setDisplayId(task.display().toString())
        .setTitle(task.spec().title())
        .setNumber(attempt.ref().number())
        .setAgent(task.spec().agent().name())
        .setTaskState(TaskMessages.state(task.kind()))
        .setPid(AttemptMessages.pid(task))
        .setStartTime(Names.time(attempt.claimedAt()))
        .build();
  }
}
