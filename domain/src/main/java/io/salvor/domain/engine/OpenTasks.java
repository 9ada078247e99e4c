package io.salvor.domain.engine;

import io.salvor.domain.admission.Admission;
import io.salvor.domain.admission.Held;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Open threads by id, with the few orders in which the engine asks for them. Used by one thread.
final class OpenTasks {
  /// How far the times of two inputs may lie apart without a clock having been set.
  private static final Duration CLOCK_JITTER = Duration.ofMinutes(1);

  private final TreeMap<TaskId, OpenThread> threads = new TreeMap<>();
  private final Queue queue = new Queue();
  private final Slots slots = new Slots();
  private final TasksByTime wakeUps = new TasksByTime();
  private final TasksByTime parkings = new TasksByTime();
  private final TreeSet<TaskId> pending = new TreeSet<>();

  @Nullable OpenThread get(TaskId id) {
    return threads.get(id);
  }

  Collection<OpenThread> all() {
    return threads.values();
  }

  void put(OpenThread thread) {
    remove(thread.task().id());
    threads.put(thread.task().id(), thread);
    count(thread.task());
  }

  void remove(TaskId id) {
    OpenThread old = threads.remove(id);
    if (old != null) {
      discount(old.task());
    }
  }

  void replaceAll(Collection<OpenThread> others) {
    threads.clear();
    queue.clear();
    slots.clear();
    wakeUps.clear();
    parkings.clear();
    pending.clear();
    others.forEach(this::put);
  }

  /// Attempts that hold a slot.
  Held held() {
    return slots.held();
  }

  /// The tasks whose attempts hold a slot, in the order of their ids.
  List<Task> holdingSlots() {
    return threads.values().stream()
        .map(OpenThread::task)
        .filter(task -> task.holdsSlot())
        .toList();
  }

  /// Whether this attempt is not over.
  boolean isOpen(AttemptRef attempt) {
    OpenThread thread = threads.get(attempt.task());
    return thread != null
        && thread.task().attempt().filter(it -> it.ref().equals(attempt)).isPresent();
  }

  /// Whether nobody wants a slot.
  boolean nobodyQueued() {
    return queue.isEmpty();
  }

  /// The task that is given the next slot: of those that may begin the one whose turn it is.
  Optional<Task> nextQueued(Admission admission, Instant now) {
    return queue.next(admission, now).map(this::task);
  }

  /// A task whose wake-up has come, the one that came first before others. One that was parked in
  /// what is now the future wakes too: the clock was set back, and nobody is charged for that (Z7).
  Optional<Task> nextToWake(Instant now) {
    return wakeUps
        .firstUpTo(now)
        .or(() -> parkings.lastAfter(now.plus(CLOCK_JITTER)))
        .map(this::task);
  }

  /// Tasks that wait for this one.
  List<Task> waitingFor(TaskId dependency) {
    var waiting = new ArrayList<Task>();
    for (TaskId id : pending) {
      if (task(id).state() instanceof TaskState.Pending state
          && state.waitingFor().contains(dependency)) {
        waiting.add(task(id));
      }
    }
    return waiting;
  }

  private Task task(TaskId id) {
    OpenThread thread = threads.get(id);
    if (thread == null) {
      throw new IllegalStateException("the index names a thread that is not open: " + id);
    }
    return thread.task();
  }

  private void count(Task task) {
    slots.add(task);
    switch (task.state()) {
      case TaskState.Queued _ -> queue.add(task);
      case TaskState.Pending _ -> pending.add(task.id());
      case TaskState.Ready ready ->
          ready
              .wakeUp()
              .ifPresent(at -> {
                wakeUps.add(at.notBefore(), task.id());
                parkings.add(at.since(), task.id());
              });
      default -> {}
    }
  }

  private void discount(Task task) {
    slots.remove(task);
    switch (task.state()) {
      case TaskState.Queued _ -> queue.remove(task);
      case TaskState.Pending _ -> pending.remove(task.id());
      case TaskState.Ready ready ->
          ready
              .wakeUp()
              .ifPresent(at -> {
                wakeUps.remove(at.notBefore(), task.id());
                parkings.remove(at.since(), task.id());
              });
      default -> {}
    }
  }
}
