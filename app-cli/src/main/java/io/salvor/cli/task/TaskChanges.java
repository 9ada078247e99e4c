package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.text.Times;
import io.salvor.v1.Task;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Tasks that came to another state since they were asked for last. Holds no more than those that
/// did so at the latest moment that was seen.
final class TaskChanges {
  private final Context context;
  private final String filter;
  private Instant latest = Instant.EPOCH;
  private Map<String, Task.State> atLatest = new HashMap<>();

  TaskChanges(Context context, String filter) {
    this.context = context;
    this.filter = filter;
  }

  /// Hands over each of them, in the order of the changes; at first all there are.
  void each(Consumer<Task> use) {
    new TaskPages(context, sinceLatest(), "update_time").each(task -> take(task, use));
  }

  private String sinceLatest() {
    String since = "update_time>=" + latest;
    return filter.isBlank() ? since : "(" + filter + ") AND " + since;
  }

  private void take(Task task, Consumer<Task> use) {
    Instant at = Times.instant(task.getStateTime());
    if (at.isAfter(latest)) {
      latest = at;
      atLatest = new HashMap<>();
    }
    if (at.equals(latest) && atLatest.put(task.getName(), task.getState()) == task.getState()) {
      return;
    }
    use.accept(task);
  }
}
