package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.TaskServiceGrpc;

/// Shows one task.
public final class TaskShow extends OnTask {
  public TaskShow(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request = GetTaskRequest.newBuilder().setName(name()).build();
    new TaskReport(context())
        .full(context().api().call(TaskServiceGrpc.getGetTaskMethod(), request));
    return ExitCode.OK;
  }
}
