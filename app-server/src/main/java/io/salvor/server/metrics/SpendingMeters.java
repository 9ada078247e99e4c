package io.salvor.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Task;
import java.util.HashMap;
import java.util.Map;

/// Counts money and tokens as tasks report them. Used by one thread.
///
/// What a task has spent when it is first seen was counted before: by the server that ran then, or
/// before the task was closed. A total that is corrected downwards takes nothing back, since a
/// counter only grows.
final class SpendingMeters {
  private static final double MICROS = 1e6;

  private final MeterRegistry registry;
  private final Map<TaskId, Spent> known = new HashMap<>();
  private final Map<String, Meters> meters = new HashMap<>();

  SpendingMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Spent(long microUsd, long tokens) {
    static Spent by(Task task) {
      return new Spent(task.cost().map(MicroUsd::value).orElse(0L), task.tokens());
    }

    Spent atLeast(Spent other) {
      return new Spent(Math.max(microUsd, other.microUsd), Math.max(tokens, other.tokens));
    }
  }

  private record Meters(Counter usd, Counter tokens) {}

  /// Takes note of a task as it is now.
  void look(Task task) {
    Meters of = meters.computeIfAbsent(task.spec().agent().name(), this::meters);
    Spent now = Spent.by(task);
    Spent before = known.getOrDefault(task.id(), now);
    Spent most = now.atLeast(before);
    of.usd().increment((most.microUsd() - before.microUsd()) / MICROS);
    of.tokens().increment((double) (most.tokens() - before.tokens()));
    if (task.kind().isClosed()) {
      known.remove(task.id());
    } else {
      known.put(task.id(), most);
    }
  }

  private Meters meters(String agent) {
    return new Meters(
        Counter.builder("salvor.cost.usd")
            .description("Money that agents told of, or that follows from their tokens")
            .tag("agent", agent)
            .register(registry),
        Counter.builder("salvor.tokens")
            .description("Input and output tokens that agents told of")
            .tag("agent", agent)
            .register(registry));
  }
}
