package io.salvor.domain.engine;

import io.salvor.domain.id.TaskId;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Tasks in the order of a time that each of them has. Used by one thread.
final class TasksByTime {
  private final TreeMap<Instant, TreeSet<TaskId>> tasks = new TreeMap<>();

  void add(Instant at, TaskId task) {
    tasks.computeIfAbsent(at, _ -> new TreeSet<>()).add(task);
  }

  void remove(Instant at, TaskId task) {
    tasks.computeIfPresent(
        at,
        (_, ids) -> {
          ids.remove(task);
          return ids.isEmpty() ? null : ids;
        });
  }

  void clear() {
    tasks.clear();
  }

  /// The first task, if its time is not after `now`.
  Optional<TaskId> firstUpTo(Instant now) {
    return tasks.isEmpty() || tasks.firstKey().isAfter(now)
        ? Optional.empty()
        : Optional.of(tasks.firstEntry().getValue().first());
  }

  /// The last task, if its time is after `then`.
  Optional<TaskId> lastAfter(Instant then) {
    return tasks.isEmpty() || !tasks.lastKey().isAfter(then)
        ? Optional.empty()
        : Optional.of(tasks.lastEntry().getValue().first());
  }
}
