package io.salvor.domain.engine;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.Request;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.journal.Threads;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Task;
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
  private final List<Spent> spent = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private Spending spending;

  /// @param spending before the first fact
  DecisionInMaking(
      Function<TaskId, @Nullable OpenThread> threadBefore,
      Spending spending,
      Optional<Request> request,
      List<Decision.Document> documents) {
    this.threadBefore = threadBefore;
    this.spending = spending;
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
      Spent.by(thread == null ? null : thread.task(), after.task(), fact).ifPresent(this::add);
      told.add(new Told(after.task(), fact));
      thread = after;
    }
    if (thread == null) {
      throw new IllegalStateException("a decision has at least one fact");
    }
    threads.put(id, thread);
    return thread;
  }

  /// A fact of a task, with the task after it.
  record Told(Task after, Recorded fact) {}

  /// The facts of tasks since this was asked last.
  List<Told> news() {
    var news = List.copyOf(told);
    told.clear();
    return news;
  }

  private void add(Spent more) {
    spent.add(more);
    spending = spending.plus(more);
  }

  /// All that was used, with what these facts tell of.
  Spending spending() {
    return spending;
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
    return new Decision(entries, documents, List.copyOf(threads.values()), spent);
  }
}
