package io.salvor.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.server.engine.EngineLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;

/// How many tasks are open, where they stand and for how long, as the engine knows it. Closed ones
/// are not here: they are as many as there is history. Thread-safe.
final class TaskGauges {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final EngineLoop engine;
  private final InstantSource clock;
  private volatile Seen seen = Seen.NOTHING;

  TaskGauges(MeterRegistry registry, EngineLoop engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
    Arrays.stream(Kind.values())
        .filter(kind -> !kind.isClosed())
        .forEach(kind -> register(registry, kind));
    gauge(registry, "salvor.attempts.open", "Attempts that hold a slot", it -> it.slots);
    gauge(
        registry,
        "salvor.providers.held",
        "Providers that failed so many attempts that none of theirs begins",
        it -> it.held);
    gauge(registry, "salvor.records", "Records in the log", it -> it.records);
    gauge(
        registry,
        "salvor.engine.answers",
        "Whether the engine answered within 2 s when it was last asked",
        it -> it.answered ? 1 : 0);
  }

  private void register(MeterRegistry registry, Kind kind) {
    Gauge.builder("salvor.tasks", this, it -> it.seen.in(kind).count())
        .description("Open tasks by state")
        .tag("state", kind.name())
        .register(registry);
    Gauge.builder("salvor.tasks.oldest", this, it -> it.age(kind))
        .description("How long the task that has stood there longest has; 0 where there is none")
        .baseUnit("seconds")
        .tag("state", kind.name())
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Seen> number) {
    Gauge.builder(name, this, it -> number.applyAsDouble(it.seen))
        .description(description)
        .register(registry);
  }

  private double age(Kind kind) {
    State state = seen.in(kind);
    return state.count() == 0
        ? 0
        : Math.max(0, Duration.between(state.oldest(), clock.instant()).toMillis() / 1000.0);
  }

  /// Asks the engine. Where it does not answer in time, what is known stays, and says so.
  void refresh() {
    try {
      seen = engine.look(Seen::of).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      seen = seen.unanswered();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the engine did not answer", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record State(int count, Instant oldest) {
    static final State NONE = new State(0, Instant.MAX);

    State with(Instant since) {
      return new State(count + 1, since.isBefore(oldest) ? since : oldest);
    }
  }

  private record Seen(
      Map<Kind, State> states, int slots, long held, long records, boolean answered) {
    static final Seen NOTHING = new Seen(Map.of(), 0, 0, 0, false);

    static Seen of(EngineCore core) {
      Collection<OpenThread> open = core.openTasks();
      var states = new EnumMap<Kind, State>(Kind.class);
      int slots = 0;
      for (OpenThread thread : open) {
        Task task = thread.task();
        states.merge(
            task.kind(), State.NONE.with(task.updatedAt()), (old, _) -> old.with(task.updatedAt()));
        slots += task.holdsSlot() ? 1 : 0;
      }
      long held =
          core.instance().troubles().values().stream()
              .filter(it -> it.holding().isPresent())
              .count();
      return new Seen(states, slots, held, core.durableSeq(), true);
    }

    State in(Kind kind) {
      return states.getOrDefault(kind, State.NONE);
    }

    Seen unanswered() {
      return new Seen(states, slots, held, records, false);
    }
  }
}
