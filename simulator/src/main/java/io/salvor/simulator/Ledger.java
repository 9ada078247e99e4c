package io.salvor.simulator;

import io.salvor.domain.access.Actor;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.journal.Threads;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The oracles' own fold of what reached the disk, and who did which work: kept apart from the
/// engine's.
final class Ledger {
  private final TreeMap<TaskId, OpenThread> threads = new TreeMap<>();
  private final TreeMap<TaskId, TreeSet<String>> workers = new TreeMap<>();
  private InstanceThread instance = InstanceThread.NEW;
  private long lastSeq;

  /// Forgets everything.
  void clear() {
    threads.clear();
    workers.clear();
    instance = InstanceThread.NEW;
    lastSeq = 0;
  }

  Optional<Task> task(TaskId id) {
    return Optional.ofNullable(threads.get(id)).map(OpenThread::task);
  }

  long revisionOf(TaskId id) {
    return task(id).map(Task::revision).orElse(0L);
  }

  long lastSeq() {
    return lastSeq;
  }

  InstanceThread instance() {
    return instance;
  }

  List<Task> tasks() {
    return threads.values().stream().map(OpenThread::task).toList();
  }

  List<OpenThread> open() {
    return threads.values().stream().filter(it -> !it.task().isSettled()).toList();
  }

  Iterable<OpenThread> threads() {
    return threads.values();
  }

  Optional<OpenThread> thread(TaskId id) {
    return Optional.ofNullable(threads.get(id));
  }

  /// Whether this actor did some of the work that is in the task's branch.
  boolean worked(TaskId task, Actor actor) {
    return workers.getOrDefault(task, new TreeSet<>()).contains(actor.value());
  }

  /// Takes in one more entry; returns the task after it, where it is about one.
  Optional<Task> add(Entry entry) {
    if (entry.seq() != lastSeq + 1) {
      throw new OracleFailed("Z12", "after record " + lastSeq + " came " + entry.seq());
    }
    lastSeq = entry.seq();
    if (entry.statement() instanceof Statement.OfInstance statement) {
      instance = instance.after(statement);
      return Optional.empty();
    }
    Recorded recorded = entry.ofTask().orElseThrow();
    TaskId id = recorded.task();
    OpenThread after = Threads.after(threads.get(id), recorded);
    threads.put(id, after);
    noteWork(recorded, after.task(), workers.computeIfAbsent(id, _ -> new TreeSet<>()));
    return Optional.of(after.task());
  }

  private static void noteWork(Recorded recorded, Task task, Set<String> who) {
    String agent = Actor.agent(task.spec().agent().name()).value();
    switch (recorded.fact()) {
      case TaskFact.WorkspaceReady _ -> {
        if (task.attempt().orElseThrow().mode() == StartMode.FRESH) {
          who.clear();
        }
      }
      case TaskFact.ResetDone _ -> who.clear();
      case TaskFact.Spawned _ -> who.add(agent);
      case TaskFact.Salvaged _ -> {
        if (task.state() instanceof TaskState.Verifying verifying) {
          verifying.salvage().ifPresent(it -> who.add(it.by().value()));
        }
      }
      case TaskFact.ReviewAsked _ -> {
        if (!recorded.actor().equals(Actor.SALVOR)) {
          who.add(recorded.actor().value());
        }
      }
      default -> {}
    }
  }

  int slotsHeld() {
    int held = 0;
    for (OpenThread thread : threads.values()) {
      held += thread.task().holdsSlot() ? 1 : 0;
    }
    return held;
  }

  /// Whether all that this task depends on is merged.
  boolean mayStart(Task task) {
    return task.spec().dependsOn().stream()
        .allMatch(it -> task(it).filter(on -> on.state() instanceof TaskState.Merged).isPresent());
  }
}
