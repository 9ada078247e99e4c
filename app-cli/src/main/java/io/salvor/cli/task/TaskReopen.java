package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Word;
import io.salvor.v1.ReopenTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Makes a closed or waiting task ready for another attempt.
public final class TaskReopen extends OnTasks {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  public TaskReopen(Context context) {
    super(context);
  }

  @Override
  Task act(Chosen task) {
    var request =
        ReopenTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId());
    request.setReason(reason.or(""));
    return context().api().call(TaskServiceGrpc.getReopenTaskMethod(), request.build());
  }
}
