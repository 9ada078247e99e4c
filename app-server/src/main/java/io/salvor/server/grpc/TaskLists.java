package io.salvor.server.grpc;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import io.salvor.domain.task.Task;
import io.salvor.server.engine.Documents;
import io.salvor.server.errors.Errors;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListTasksResponse;

/// Tasks as they are read.
final class TaskLists {
  private final TaskLookup lookup;
  private final Documents documents;
  private final TaskMessages messages;

  TaskLists(TaskLookup lookup, Documents documents, TaskMessages messages) {
    this.lookup = lookup;
    this.documents = documents;
    this.messages = messages;
  }

  io.salvor.v1.Task get(GetTaskRequest request) {
    Task task = lookup.task(request.getName());
    io.salvor.v1.Task message =
        messages.of(task).toBuilder().setBrief(documents.text(task.spec().briefHash())).build();
    return masked(message, request.hasReadMask(), request.getReadMask());
  }

  ListTasksResponse list(ListTasksRequest request) {
    TaskLookup.Page page =
        lookup.page(
            TaskFilter.parse(request.getFilter()),
            request.getOrderBy(),
            Pages.size(request.getPageSize()),
            request.getPageToken());
    var response =
        ListTasksResponse.newBuilder()
            .setNextPageToken(page.nextToken())
            .setTotalSize(page.total());
    page.tasks()
        .forEach(task ->
            response.addTasks(
                masked(messages.of(task), request.hasReadMask(), request.getReadMask())));
    return response.build();
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
