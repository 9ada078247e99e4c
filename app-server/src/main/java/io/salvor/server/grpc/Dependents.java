package io.salvor.server.grpc;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.task.TaskState.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a task that waits for others waits for, and what to type where that is in vain.
/// Thread-safe.
final class Dependents {
  private final Function<TaskId, Optional<Task>> tasks;

  Dependents(Function<TaskId, Optional<Task>> tasks) {
    this.tasks = tasks;
  }

  /// `TASK-0001 (RUNNING) and TASK-0003 (CANCELLED: never) to be merged`.
  String waitsFor(TaskState.Pending pending) {
    List<String> names = pending.waitingFor().stream().map(this::standing).toList();
    String last = names.getLast();
    String all =
        names.size() == 1
            ? last
            : String.join(", ", names.subList(0, names.size() - 1)) + " and " + last;
    return all + " to be merged";
  }

  /// Takes out what never will be merged, or looks at what needs a person.
  String nextCommand(Task task, TaskState.Pending pending) {
    List<Task> waited =
        pending.waitingFor().stream().flatMap(id -> tasks.apply(id).stream()).toList();
    if (waited.stream().anyMatch(it -> it.kind().isFinal())) {
      String left =
          waited.stream()
              .filter(it -> !it.kind().isFinal())
              .map(it -> it.display().toString())
              .collect(Collectors.joining(","));
      return "salvor task edit --depends-on \"" + left + "\" " + task.display();
    }
    return waited.stream()
        .filter(it -> needsPerson(it.kind()))
        .findFirst()
        .map(it -> "salvor task show " + it.display())
        .orElse("");
  }

  private static boolean needsPerson(Kind kind) {
    return kind.needsPerson() || kind.isClosed() || kind == Kind.REVIEW || kind == Kind.APPROVED;
  }

  private String standing(TaskId id) {
    return tasks
        .apply(id)
        .map(it -> it.display() + " (" + it.kind() + (it.kind().isFinal() ? ": never)" : ")"))
        .orElse(id.toString());
  }
}
