package io.salvor.domain.engine;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.OpenThread;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state that decisions are made on. It runs ahead of the durable one by those that are being
/// written. Used by one thread.
final class Ahead {
  private final OpenTasks tasks = new OpenTasks();
  private final ClosedThreads closed = new ClosedThreads();
  private final Deque<Undurable> undurable = new ArrayDeque<>();
  private Standing standing;

  Ahead(Iterable<OpenThread> open, Standing durable) {
    open.forEach(tasks::put);
    this.standing = durable;
  }

  /// A decision that is not known to be durable, with the threads as it leaves them.
  record Undurable(Standing after, Map<TaskId, OpenThread> threads) {}

  OpenTasks tasks() {
    return tasks;
  }

  Standing standing() {
    return standing;
  }

  void stand(Standing now) {
    standing = now;
  }

  /// The thread of a task, open or lately closed.
  @Nullable OpenThread find(TaskId id) {
    OpenThread open = tasks.get(id);
    return open != null ? open : closed.get(id);
  }

  boolean isOpen(TaskId id) {
    return tasks.get(id) != null;
  }

  /// Keeps closed threads, but those that are written on again.
  void keepClosed(List<OpenThread> threads) {
    closed.keepAll(threads.stream().filter(it -> !isOpen(it.task().id())).toList());
  }

  /// Takes note of a decision that is on its way to the log.
  Decision decided(DecisionInMaking making) {
    standing = standing.withSpending(making.spending());
    undurable.addLast(new Undurable(standing, making.threads()));
    return making.decision();
  }

  /// Removes the next decision that ends at `seq` or before; null where there is none.
  @Nullable Undurable nextUpTo(long seq) {
    return undurable.isEmpty() || undurable.getFirst().after().lastSeq() > seq
        ? null
        : undurable.removeFirst();
  }

  /// Takes back what is not durable.
  void returnTo(OpenTasks durableTasks, Standing durable) {
    undurable.clear();
    standing = durable;
    tasks.replaceAll(durableTasks.all());
  }
}
