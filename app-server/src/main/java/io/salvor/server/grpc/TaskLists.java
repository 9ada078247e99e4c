package io.salvor.server.grpc;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import io.salvor.domain.task.Task;
import io.salvor.records.TaskRow;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.Documents;
import io.salvor.server.errors.Errors;
import io.salvor.server.filter.BadFilter;
import io.salvor.server.filter.TaskFilter;
import io.salvor.server.filter.TaskOrders;
import io.salvor.sqlite.TaskCursor;
import io.salvor.sqlite.TaskOrder;
import io.salvor.sqlite.TaskPage;
import io.salvor.sqlite.Tasks;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListTasksResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Tasks as they are read.
final class TaskLists {
  private static final int LEAST_PIECE = 500;

  /// So many tasks are looked at for one page of those that only the whole task tells apart: the
  /// page may then hold fewer than asked for, or none, with a token for the next.
  private static final int MOST_LOOKED_AT = 20_000;

  private final TaskLookup lookup;
  private final Tasks tasks;
  private final Documents documents;
  private final Clock clock;
  private final TaskMessages messages;

  TaskLists(
      TaskLookup lookup, Tasks tasks, Documents documents, Clock clock, TaskMessages messages) {
    this.lookup = lookup;
    this.tasks = tasks;
    this.documents = documents;
    this.clock = clock;
    this.messages = messages;
  }

  io.salvor.v1.Task get(GetTaskRequest request) {
    Task task = lookup.task(request.getName());
    io.salvor.v1.Task message =
        messages.of(task).toBuilder().setBrief(documents.text(task.spec().briefHash())).build();
    return masked(message, request.hasReadMask(), request.getReadMask());
  }

  ListTasksResponse list(ListTasksRequest request) {
    TaskFilter filter = wanted("filter", () -> TaskFilter.parse(request.getFilter(), now()));
    TaskOrder order = wanted("order_by", () -> TaskOrders.parse(request.getOrderBy()));
    int size = Pages.size(request.getPageSize());
    var response = ListTasksResponse.newBuilder().setTotalSize(total(filter));
    Optional<TaskCursor> cursor = Optional.of(cursor(request, order, filter, size));
    Optional<TaskRow> last = Optional.empty();
    for (int seen = 0; cursor.isPresent() && seen < MOST_LOOKED_AT; ) {
      TaskPage page = tasks.page(filter.stored(), cursor.get());
      for (TaskRow row : page.rows()) {
        if (response.getTasksCount() == size) {
          return more(response, request, order, last);
        }
        Task task = row.task();
        if (filter.matches(task)) {
          response.addTasks(
              masked(messages.of(task), request.hasReadMask(), request.getReadMask()));
        }
        last = Optional.of(row);
      }
      seen += page.rows().size();
      cursor = page.next();
    }
    return cursor.isPresent() ? more(response, request, order, last) : response.build();
  }

  private static ListTasksResponse more(
      ListTasksResponse.Builder page,
      ListTasksRequest request,
      TaskOrder order,
      Optional<TaskRow> last) {
    last.ifPresent(row -> page.setNextPageToken(PageToken.of(request, order.position(row))));
    return page.build();
  }

  /// What the store sorts out by itself is read in the page's size, all else in larger pieces.
  private static TaskCursor cursor(
      ListTasksRequest request, TaskOrder order, TaskFilter filter, int size) {
    int piece = filter.isStored() ? size : Math.max(size, LEAST_PIECE);
    return new TaskCursor(order, PageToken.read(request, order.keys().size()), piece);
  }

  /// What only the whole task shows is not counted; the total is then unknown, and said to be 0.
  private int total(TaskFilter filter) {
    return filter.isStored() ? Math.toIntExact(tasks.count(filter.stored())) : 0;
  }

  private static <T> T wanted(String field, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (BadFilter unfit) {
      throw Errors.invalid(field, unfit.what());
    }
  }

  private Instant now() {
    return clock.now().wall();
  }

  private static io.salvor.v1.Task masked(
      io.salvor.v1.Task message, boolean given, FieldMask mask) {
    if (!given) {
      return message;
    }
    if (!FieldMaskUtil.isValid(io.salvor.v1.Task.class, mask)) {
      throw Errors.invalid("read_mask", "not fields of a task: " + mask.getPathsList());
    }
    var wanted = io.salvor.v1.Task.newBuilder();
    FieldMaskUtil.merge(mask, message, wanted);
    return wanted.build();
  }
}
