package io.salvor.domain.engine;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.Request;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.journal.Threads;
import io.salvor.domain.task.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Collects the facts that one input brings about, in whichever threads. Used by one thread.
final class DecisionInMaking {
  private final Function<TaskId, @Nullable OpenThread> threadBefore;
  private final Optional<Request> request;
  private final List<Decision.Document> documents;
  private final List<Entry> entries = new ArrayList<>();
  private final TreeMap<TaskId, OpenThread> threads = new TreeMap<>();

  DecisionInMaking(
      Function<TaskId, @Nullable OpenThread> threadBefore,
      Optional<Request> request,
      List<Decision.Document> documents) {
    this.threadBefore = threadBefore;
    this.request = request;
    this.documents = documents;
  }

  /// Adds facts of one task; returns its thread after them.
  OpenThread add(List<Recorded> facts) {
    TaskId id = facts.getFirst().task();
    OpenThread thread = threads.containsKey(id) ? threads.get(id) : threadBefore.apply(id);
    for (Recorded fact : facts) {
      OpenThread after = Threads.after(thread, fact);
      entries.add(Threads.entry(thread, after, fact, cause(), false));
      thread = after;
    }
    if (thread == null) {
      throw new IllegalStateException("a decision has at least one fact");
    }
    threads.put(id, thread);
    return thread;
  }

  /// Adds a fact of the whole instance; returns its thread after it.
  InstanceThread add(InstanceThread before, Statement.OfInstance statement) {
    InstanceThread after = before.after(statement);
    entries.add(Threads.entry(after, statement, cause()));
    return after;
  }

  /// The request stands on the first record of the decision.
  private Optional<Request> cause() {
    return entries.isEmpty() ? request : Optional.empty();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Map<TaskId, OpenThread> threads() {
    return threads;
  }

  Decision decision() {
    entries.add(entries.removeLast().last());
    return new Decision(entries, documents, List.copyOf(threads.values()));
  }
}
