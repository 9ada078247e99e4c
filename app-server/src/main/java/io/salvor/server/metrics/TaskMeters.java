package io.salvor.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskState.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts what happens to tasks: where they come to stand, how their attempts end, what they cost,
/// how long they queue. Used by the one thread that appends; remembers open tasks only.
final class TaskMeters {
  private final Map<Kind, Counter> arrivals;
  private final EndingMeters endings;
  private final SpendingMeters spending;
  private final Counter started;
  private final Timer queueWait;
  private final Map<TaskId, Instant> queuedSince = new HashMap<>();

  TaskMeters(MeterRegistry registry) {
    this.arrivals =
        Labelled.counters(
            Kind.class,
            kind ->
                Counter.builder("salvor.task.arrivals")
                    .description("Tasks that came to stand in a state since the server started")
                    .tag("state", kind.name())
                    .register(registry));
    this.endings = new EndingMeters(registry);
    this.spending = new SpendingMeters(registry);
    this.started =
        Counter.builder("salvor.agents.started")
            .description("Agents that were started")
            .register(registry);
    this.queueWait =
        Timer.builder("salvor.queue.wait")
            .description("From the wish for a slot to the slot")
            .serviceLevelObjectives(
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofHours(1))
            .register(registry);
  }

  /// What there was when the server started: known, and counted by the server before.
  void restored(List<OpenThread> open) {
    open.forEach(thread -> look(thread.task()));
  }

  /// A decision that is durable.
  void happened(Decision decision) {
    for (Entry entry : decision.entries()) {
      entry.ofTask().ifPresent(it -> count(it.task(), it.at(), it.fact()));
    }
    long first = decision.entries().getFirst().seq();
    for (OpenThread thread : decision.threads()) {
      if (thread.task().since() >= first) {
        Labelled.of(arrivals, thread.task().kind()).increment();
      }
      look(thread.task());
    }
  }

  private void count(TaskId task, Instant at, TaskFact fact) {
    switch (fact) {
      case TaskFact.Claimed _ -> queueWait.record(waited(task, at));
      case TaskFact.Spawned _ -> started.increment();
      case TaskFact.AttemptEnded ended -> endings.count(ended);
      default -> {}
    }
  }

  private Duration waited(TaskId task, Instant until) {
    Duration wait = Duration.between(queuedSince.getOrDefault(task, until), until);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private void look(Task task) {
    if (task.kind() == Kind.QUEUED) {
      queuedSince.putIfAbsent(task.id(), task.updatedAt());
    } else {
      queuedSince.remove(task.id());
    }
    spending.look(task);
  }
}
