package io.salvor.domain.engine;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Task;
import java.util.Optional;
import java.util.TreeMap;

/// What is being done in the world, by task, so that nothing is done twice at once. Used by one
/// thread.
final class EffectsUnderWay {
  private final TreeMap<TaskId, Long> wantedSince = new TreeMap<>();

  /// What the task wants done and nobody does yet; from now on somebody does.
  Optional<Effect> begin(Task task) {
    Optional<Effect> wanted = Effect.wantedBy(task);
    Long underWay = wantedSince.get(task.id());
    if (wanted.isEmpty() || (underWay != null && underWay == task.since())) {
      return Optional.empty();
    }
    wantedSince.put(task.id(), task.since());
    return wanted;
  }

  /// Whether something is done that the task wanted, and now it wants nothing; from now on nobody
  /// is said to do it.
  boolean drop(Task task) {
    return Effect.wantedBy(task).isEmpty() && wantedSince.remove(task.id()) != null;
  }

  /// Nobody does what the task has wanted since then.
  void lost(TaskId task, long since) {
    wantedSince.remove(task, since);
  }
}
