package io.salvor.domain.engine;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.OpenThread;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Closed threads that were lately read or closed. Used by one thread.
final class ClosedThreads {
  private static final int KEPT = 1_000;

  private final LinkedHashMap<TaskId, OpenThread> threads = new LinkedHashMap<>();

  @Nullable OpenThread get(TaskId id) {
    return threads.get(id);
  }

  /// Keeps it, unless a later state of it is kept already: it was read before it was written on.
  void keep(OpenThread thread) {
    TaskId id = thread.task().id();
    OpenThread known = threads.get(id);
    if (known != null && known.clock() > thread.clock()) {
      return;
    }
    threads.remove(id);
    threads.put(id, thread);
    if (threads.size() > KEPT) {
      threads.pollFirstEntry();
    }
  }
}
