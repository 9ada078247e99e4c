package io.salvor.server.grpc;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Task;
import io.salvor.records.TaskRow;
import io.salvor.server.errors.Errors;
import io.salvor.sqlite.TaskCursor;
import io.salvor.sqlite.TaskPage;
import io.salvor.sqlite.Tasks;
import io.salvor.v1.ErrorReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// Finds tasks by what callers call them. Thread-safe.
public final class TaskLookup {
  /// A display id never changes; a few are remembered for streams of records.
  private static final int REMEMBERED = 10_000;

  private final Tasks tasks;
  private final Map<TaskId, String> displays = new ConcurrentHashMap<>();

  public TaskLookup(Tasks tasks) {
    this.tasks = tasks;
  }

  /// One page of a list.
  ///
  /// @param nextToken empty on the last one
  record Page(List<Task> tasks, String nextToken, int total) {}

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
    if (displays.size() > REMEMBERED) {
      displays.clear();
    }
    return displays.computeIfAbsent(
        id, it -> tasks.get(it).map(row -> row.display().toString()).orElse(""));
  }

  /// Roots of all projects that have tasks.
  List<String> projects() {
    return tasks.projects();
  }

  Page page(TaskFilter filter, String orderBy, int size, String token) {
    TaskCursor.Order order = order(orderBy);
    OptionalLong from =
        token.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Pages.number(token, 0));
    var found = new ArrayList<Task>();
    io.salvor.sqlite.TaskFilter stored = stored(filter);
    while (true) {
      TaskPage page = tasks.page(stored, new TaskCursor(order, from, size));
      for (TaskRow row : page.rows()) {
        if (found.size() == size) {
          return new Page(found, last(found), count(filter, stored));
        }
        Task task = row.task();
        if (filter.matchesRest(task)) {
          found.add(task);
        }
      }
      from = page.next();
      if (from.isEmpty()) {
        return new Page(found, "", count(filter, stored));
      }
      if (found.size() == size) {
        return new Page(found, last(found), count(filter, stored));
      }
    }
  }

  private static String last(List<Task> found) {
    return Long.toString(found.getLast().display().number());
  }

  /// What only the whole task shows is not counted; the total is then unknown, and said to be 0.
  private int count(TaskFilter filter, io.salvor.sqlite.TaskFilter stored) {
    return filter.isStored() ? Math.toIntExact(tasks.count(stored)) : 0;
  }

  private static io.salvor.sqlite.TaskFilter stored(TaskFilter filter) {
    return new io.salvor.sqlite.TaskFilter(filter.states(), filter.project(), filter.agent());
  }

  private static TaskCursor.Order order(String orderBy) {
    return switch (orderBy.strip()) {
      case "", "create_time", "display_id" -> TaskCursor.Order.OLDEST_FIRST;
      case "create_time desc", "display_id desc" -> TaskCursor.Order.NEWEST_FIRST;
      default ->
          throw Errors.invalid(
              "order_by", "tasks are listed by create_time or display_id, each also with ` desc`");
    };
  }

  private static RuntimeException notFound(String name) {
    return Errors.failure(
        ErrorReason.Code.TASK_NOT_FOUND, "there is no task " + name, "salvor task list");
  }
}
