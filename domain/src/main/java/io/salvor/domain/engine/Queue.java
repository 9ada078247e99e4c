package io.salvor.domain.engine;

import io.salvor.domain.admission.Admission;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.provider.Provider;
import io.salvor.domain.task.Priority;
import io.salvor.domain.task.Task;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Tasks that want a slot. What may begin depends on provider and project alone, so those that
/// share both stand in one lane, and a lane that is held holds up nobody else. Used by one thread.
final class Queue {
  private final TreeMap<Lane, TreeMap<Turn, TaskId>> lanes = new TreeMap<>();

  private record Lane(Provider provider, String project) implements Comparable<Lane> {
    static Lane of(Task task) {
      return new Lane(Provider.of(task.spec().agent()), task.spec().project());
    }

    @Override
    public int compareTo(Lane other) {
      int byProvider = provider.compareTo(other.provider);
      return byProvider != 0 ? byProvider : project.compareTo(other.project);
    }
  }

  /// A place in the queue: the more urgent first, then who has waited longest.
  private record Turn(Priority priority, long since) implements Comparable<Turn> {
    static Turn of(Task task) {
      return new Turn(task.spec().filing().priority(), task.since());
    }

    @Override
    public int compareTo(Turn other) {
      int urgency = other.priority.compareTo(priority);
      return urgency != 0 ? urgency : Long.compare(since, other.since);
    }
  }

  void add(Task task) {
    lanes.computeIfAbsent(Lane.of(task), _ -> new TreeMap<>()).put(Turn.of(task), task.id());
  }

  void remove(Task task) {
    lanes.computeIfPresent(
        Lane.of(task),
        (_, lane) -> {
          lane.remove(Turn.of(task));
          return lane.isEmpty() ? null : lane;
        });
  }

  void clear() {
    lanes.clear();
  }

  boolean isEmpty() {
    return lanes.isEmpty();
  }

  /// Whose turn it is of those that may begin.
  Optional<TaskId> next(Admission admission, Instant now) {
    Map.@Nullable Entry<Turn, TaskId> first = null;
    for (Map.Entry<Lane, TreeMap<Turn, TaskId>> lane : lanes.entrySet()) {
      Map.Entry<Turn, TaskId> of = lane.getValue().firstEntry();
      boolean earlier = first == null || of.getKey().compareTo(first.getKey()) < 0;
      Lane key = lane.getKey();
      if (earlier && admission.hold(key.provider(), key.project(), now).isEmpty()) {
        first = of;
      }
    }
    return first == null ? Optional.empty() : Optional.of(first.getValue());
  }
}
