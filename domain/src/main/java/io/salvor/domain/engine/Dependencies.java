package io.salvor.domain.engine;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Refusal;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.task.TaskState.Pending;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who waits for whom. Only what is PENDING waits for others, and all of that is open: what it
/// waits for beyond that is merged. Used by one thread.
final class Dependencies {
  private final Function<TaskId, @Nullable OpenThread> threads;

  Dependencies(Function<TaskId, @Nullable OpenThread> threads) {
    this.threads = threads;
  }

  /// The tasks that a command makes its task depend on.
  static List<TaskId> namedBy(TaskCommand command) {
    return switch (command) {
      case TaskCommand.Create create -> create.spec().dependsOn();
      case TaskCommand.Edit edit ->
          edit.changes().stream()
              .filter(Change.DependsOn.class::isInstance)
              .map(Change.DependsOn.class::cast)
              .reduce((_, last) -> last)
              .map(Change.DependsOn::tasks)
              .orElse(List.of());
      default -> List.of();
    };
  }

  /// Those of `dependsOn` that are not merged.
  List<TaskId> unmerged(List<TaskId> dependsOn) {
    return dependsOn.stream()
        .filter(id -> task(id).filter(it -> it.kind() == Kind.MERGED).isEmpty())
        .toList();
  }

  /// Why `task` cannot wait for these, if it cannot.
  Optional<Refusal> problem(TaskId task, List<TaskId> dependsOn) {
    for (TaskId id : dependsOn) {
      if (!id.equals(task) && threads.apply(id) == null) {
        return Optional.of(
            new Refusal(Refusal.Code.UNKNOWN_DEPENDENCY, "no task " + id, "salvor task list"));
      }
    }
    Map<TaskId, TaskId> reached = reached(dependsOn);
    return reached.containsKey(task) ? Optional.of(cycle(task, reached)) : Optional.empty();
  }

  private Refusal cycle(TaskId task, Map<TaskId, TaskId> reached) {
    Deque<String> path = new ArrayDeque<>();
    TaskId at = task;
    TaskId from = reached.getOrDefault(at, at);
    path.addFirst(name(at));
    while (!from.equals(at)) {
      at = from;
      from = reached.getOrDefault(at, at);
      path.addFirst(name(at));
    }
    path.addFirst(name(task));
    List<String> names = List.copyOf(path);
    return new Refusal(
        Refusal.Code.DEPENDENCY_CYCLE,
        name(task) + " would wait for itself: " + String.join(" -> ", names),
        "salvor task edit --depends-on \"\" " + names.get(names.size() - 2));
  }

  private String name(TaskId id) {
    return task(id).map(it -> it.display().toString()).orElse(id.toString());
  }

  /// Every task that these lead to, with the one before it on a shortest way there; these
  /// themselves come from themselves.
  private Map<TaskId, TaskId> reached(List<TaskId> dependsOn) {
    var from = new TreeMap<TaskId, TaskId>();
    Deque<TaskId> left = new ArrayDeque<>();
    for (TaskId id : dependsOn) {
      if (from.putIfAbsent(id, id) == null) {
        left.addLast(id);
      }
    }
    while (!left.isEmpty()) {
      TaskId id = left.removeFirst();
      for (TaskId next : waitsFor(id)) {
        if (from.putIfAbsent(next, id) == null) {
          left.addLast(next);
        }
      }
    }
    return from;
  }

  private List<TaskId> waitsFor(TaskId id) {
    return task(id).map(Task::state).orElse(null) instanceof Pending pending
        ? pending.waitingFor()
        : List.of();
  }

  private Optional<Task> task(TaskId id) {
    return Optional.ofNullable(threads.apply(id)).map(OpenThread::task);
  }
}
