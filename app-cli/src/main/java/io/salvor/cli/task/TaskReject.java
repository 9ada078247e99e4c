package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Word;
import io.salvor.v1.RejectTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Does not accept the work.
public final class TaskReject extends OnTasks {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  public TaskReject(Context context) {
    super(context);
  }

  @Override
  Task act(Chosen task) {
    var request =
        RejectTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId());
    request.setReason(reason.or(""));
    return context().api().call(TaskServiceGrpc.getRejectTaskMethod(), request.build());
  }
}
