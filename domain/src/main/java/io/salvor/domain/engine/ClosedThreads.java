package io.salvor.domain.engine;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.OpenThread;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Closed threads that were lately read or closed. Used by one thread.
final class ClosedThreads {
  private static final int KEPT = 1_000;

  private final LinkedHashMap<TaskId, OpenThread> threads = new LinkedHashMap<>();

  @Nullable OpenThread get(TaskId id) {
    return threads.get(id);
  }

  /// Keeps all of these, also where that is more than are usually kept.
  void keepAll(List<OpenThread> all) {
    all.forEach(this::keep);
    while (threads.size() > Math.max(KEPT, all.size())) {
      threads.pollFirstEntry();
    }
  }

  /// Unless a later state of it is kept already: it was read before it was written on.
  private void keep(OpenThread thread) {
    TaskId id = thread.task().id();
    OpenThread known = threads.remove(id);
    threads.put(id, known != null && known.clock() > thread.clock() ? known : thread);
  }
}
