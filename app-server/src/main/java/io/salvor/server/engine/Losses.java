package io.salvor.server.engine;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.id.TaskId;
import java.util.concurrent.ConcurrentHashMap;

/// How often what a task wants has come to nothing in a row. Thread-safe.
final class Losses {
  private final ConcurrentHashMap<TaskId, Row> rows = new ConcurrentHashMap<>();

  private record Row(long since, int length) {}

  /// Counts one more.
  ///
  /// @return how many there are now
  int add(Effect effect) {
    long since = effect.task().since();
    return rows.merge(
            effect.task().id(),
            new Row(since, 1),
            (before, one) -> before.since == since ? new Row(since, before.length + 1) : one)
        .length;
  }

  /// It came to something.
  void end(Effect effect) {
    rows.remove(effect.task().id());
  }
}
