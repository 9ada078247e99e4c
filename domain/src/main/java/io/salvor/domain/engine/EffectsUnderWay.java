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
    if (wanted.isEmpty()) {
      wantedSince.remove(task.id());
      return wanted;
    }
    if (underWay != null && underWay == task.since()) {
      return Optional.empty();
    }
    wantedSince.put(task.id(), task.since());
    return wanted;
  }

  /// Nobody does what the task has wanted since then.
  void lost(TaskId task, long since) {
    wantedSince.remove(task, since);
  }
}
