package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.v1.PauseTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;

/// Lets a task rest; a running agent is ended and its work kept.
public final class TaskPause extends OnTask {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  public TaskPause(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        PauseTaskRequest.newBuilder().setName(name()).setRequestId(UUID.randomUUID().toString());
    request.setReason(reason.or(""));
    Task task = context().api().call(TaskServiceGrpc.getPauseTaskMethod(), request.build());
    return new TaskReport(context()).line(task);
  }
}
