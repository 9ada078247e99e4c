package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;
import picocli.CommandLine.Option;

/// Gives a task up; a running agent is ended and its work kept.
public final class TaskCancel extends OnTask {
  @Option(names = "--reason", paramLabel = "TEXT", description = "kept in the record")
  String reason = "";

  public TaskCancel(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        CancelTaskRequest.newBuilder().setName(name).setRequestId(UUID.randomUUID().toString());
    request.setReason(reason);
    Task task = context().api().call(TaskServiceGrpc.getCancelTaskMethod(), request.build());
    return new TaskReport(context()).line(task);
  }
}
