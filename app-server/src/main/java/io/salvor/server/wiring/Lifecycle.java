package io.salvor.server.wiring;

import io.salvor.domain.access.Actor;
import io.salvor.domain.admission.Hold;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.Input;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskState;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.engine.Rounds;
import io.salvor.server.grpc.Instance.StopMode;
import io.salvor.server.limits.MemoryWatch;
import io.salvor.sqlite.Ballast;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Time's share in a server's life: ticks while it runs, and when it is to end. Thread-safe.
final class Lifecycle {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final EngineLoop engine;
  private final Clock clock;
  private final Ballast ballast;
  private final MemoryWatch memory;
  private final Supplier<Optional<String>> troubles;
  private final Idleness idleness;
  private final AtomicReference<Optional<StopMode>> wish = new AtomicReference<>(Optional.empty());
  private final Semaphore changed = new Semaphore(0);
  private final Rounds rounds = new Rounds();
  private Optional<String> trouble = Optional.empty();

  /// @param troubles why no attempt may begin, as the server's own place is not well
  Lifecycle(
      EngineLoop engine,
      Clock clock,
      Ballast ballast,
      MemoryWatch memory,
      Supplier<Optional<String>> troubles,
      Idleness idleness) {
    this.memory = memory;
    this.troubles = troubles;
    this.engine = engine;
    this.clock = clock;
    this.ballast = ballast;
    this.idleness = idleness;
  }

  /// Whether the server waits for its agents in order to stop.
  boolean draining() {
    return wish.get().filter(mode -> mode != StopMode.LEAVE).isPresent();
  }

  /// Whether it is to end when nothing is left to do and nobody is connected.
  boolean exitsWhenIdle() {
    return idleness.exitWhenIdle();
  }

  /// Asks for the end; the first wish counts, unless a later one is for leaving at once.
  void stop(StopMode mode) {
    wish.updateAndGet(now -> now.isEmpty() || mode == StopMode.LEAVE ? Optional.of(mode) : now);
    changed.release();
  }

  /// Ticks until it is time to end.
  void run() throws InterruptedException {
    boolean prepared = false;
    while (true) {
      boolean asked = wish.get().isPresent();
      if (asked && !prepared) {
        prepared = true;
        prepare(wish.get().orElseThrow());
      }
      if (asked && (!draining() || nothingOpen())) {
        return;
      }
      tick(asked);
      if (idleness.lasted(TICK, exitsWhenIdle() && nothingToDo())) {
        return;
      }
      changed.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Each by itself: where one thing cannot be looked at, time goes on for the others.
  private void tick(boolean asked) {
    rounds.run("a look at the memory", this::mindMemory);
    if (!asked) {
      rounds.run("a look at the server's own place", this::mindTrouble);
    }
    rounds.run("a tick", () -> engine.tell(new Input.Tick(clock.now())));
    engine.reconcile(false);
    rounds.run("keeping the ballast", ballast::keep);
  }

  private void mindMemory() {
    memory.runOnce().ifPresent(band -> engine.tell(new Input.Memory(clock.now(), band)));
  }

  /// Nothing new begins while the server's own place is not well; what runs, runs on.
  private void mindTrouble() {
    Optional<String> now = troubles.get();
    if (!now.equals(trouble)) {
      trouble = now;
      engine.tell(new Input.Admit(now.map(Hold.Unwell::new)));
    }
  }

  private void prepare(StopMode mode) throws InterruptedException {
    engine.tell(new Input.Admit(Optional.of(new Hold.Closing())));
    if (mode == StopMode.CANCEL) {
      for (Task task : holdingSlots()) {
        engine.tell(
            new Input.Ask(
                Actor.SALVOR,
                clock.now(),
                new TaskCommand.Cancel(task.id(), "the server was stopped with --cancel")));
      }
    }
  }

  private boolean nothingOpen() throws InterruptedException {
    return holdingSlots().isEmpty();
  }

  private List<Task> holdingSlots() throws InterruptedException {
    return tasks().stream().filter(task -> task.kind().holdsSlot()).toList();
  }

  /// Whether everything waits for a person.
  private boolean nothingToDo() throws InterruptedException {
    return tasks().stream().noneMatch(this::goesOnByItself);
  }

  /// Who is queued while all is frozen, or in a project that has used up what it may, waits for a
  /// person.
  private boolean goesOnByItself(Task task) {
    return switch (task.state()) {
      case TaskState.Ready ready -> ready.wakeUp().isPresent();
      case TaskState.Queued _ ->
          engine
              .admission()
              .hold(task, clock.now().wall())
              .filter(it -> it instanceof Hold.Frozen || it instanceof Hold.AllSpent)
              .isEmpty();
      case TaskState.Merging _ -> true;
      case TaskState.Merged _ -> !task.isSettled();
      default -> task.kind().holdsSlot();
    };
  }

  private List<Task> tasks() throws InterruptedException {
    try {
      return engine.look(Lifecycle::tasks).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the engine did not answer", e.getCause());
    }
  }

  private static List<Task> tasks(EngineCore core) {
    return core.openTasks().stream().map(OpenThread::task).toList();
  }
}
