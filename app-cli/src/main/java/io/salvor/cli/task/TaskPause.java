package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Word;
import io.salvor.v1.PauseTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Lets a task rest; a running agent is ended and its work kept.
public final class TaskPause extends OnTasks {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  public TaskPause(Context context) {
    super(context);
  }

  @Override
  Task act(Chosen task) {
    var request =
        PauseTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId());
    request.setReason(reason.or(""));
    return context().api().call(TaskServiceGrpc.getPauseTaskMethod(), request.build());
  }
}
