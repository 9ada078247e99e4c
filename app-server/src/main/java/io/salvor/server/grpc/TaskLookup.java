package io.salvor.server.grpc;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Task;
import io.salvor.records.TaskRow;
import io.salvor.server.errors.Errors;
import io.salvor.sqlite.Tasks;
import io.salvor.v1.ErrorReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds tasks by what callers call them. Thread-safe.
public final class TaskLookup {
  /// Neither display id nor project ever changes; a few are remembered for streams of records.
  private static final int REMEMBERED = 10_000;

  private final Tasks tasks;
  private final Map<TaskId, Place> places = new ConcurrentHashMap<>();

  public TaskLookup(Tasks tasks) {
    this.tasks = tasks;
  }

  TaskId id(String name) {
    return id(Names.parseTask(name));
  }

  TaskId id(Names.TaskName name) {
    return switch (name) {
      case Names.TaskName.ByUid(var id) -> id;
      case Names.TaskName.ByDisplay(var display) ->
          tasks.byNumber(display).map(TaskRow::id).orElseThrow(() -> notFound(display.toString()));
    };
  }

  /// The tasks that another one is to wait for, each once.
  List<TaskId> dependencies(List<String> names) {
    return names.stream().map(this::dependency).distinct().toList();
  }

  private TaskId dependency(String name) {
    return switch (Names.parseTask(name)) {
      case Names.TaskName.ByUid(var id) -> id;
      case Names.TaskName.ByDisplay(var display) ->
          tasks
              .byNumber(display)
              .map(TaskRow::id)
              .orElseThrow(() ->
                  Errors.failure(
                      ErrorReason.Code.UNKNOWN_DEPENDENCY,
                      "there is no task " + display + " to wait for",
                      "salvor task list"));
    };
  }

  Task task(String name) {
    return task(id(name));
  }

  Task task(TaskId id) {
    return tasks.get(id).map(TaskRow::task).orElseThrow(() -> notFound(id.toString()));
  }

  /// The task, if there is one.
  public Optional<Task> find(TaskId id) {
    return tasks.get(id).map(TaskRow::task);
  }

  Optional<Task> byDisplay(DisplayId display) {
    return tasks.byNumber(display).map(TaskRow::task);
  }

  String display(TaskId id) {
    return place(id).display();
  }

  /// What a task is called and where it belongs; both empty where there is none.
  Place place(TaskId id) {
    if (places.size() > REMEMBERED) {
      places.clear();
    }
    return places.computeIfAbsent(
        id,
        it ->
            tasks
                .get(it)
                .map(row -> new Place(row.display().toString(), row.project()))
                .orElse(new Place("", "")));
  }

  /// What a task is called and where it belongs.
  record Place(String display, String project) {}

  /// Roots of all projects that have tasks.
  List<String> projects() {
    return tasks.projects();
  }

  private static RuntimeException notFound(String name) {
    return Errors.failure(
        ErrorReason.Code.TASK_NOT_FOUND, "there is no task " + name, "salvor task list");
  }
}
