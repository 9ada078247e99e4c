package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;

/// Gives a task up; a running agent is ended and its work kept.
public final class TaskCancel extends OnTask {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  public TaskCancel(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        CancelTaskRequest.newBuilder().setName(name()).setRequestId(UUID.randomUUID().toString());
    request.setReason(reason.or(""));
    Task task = context().api().call(TaskServiceGrpc.getCancelTaskMethod(), request.build());
    return new TaskReport(context()).line(task);
  }
}
