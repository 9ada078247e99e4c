package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.v1.RejectTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;
import picocli.CommandLine.Option;

/// Does not accept the work.
public final class TaskReject extends OnTask {
  @Option(names = "--reason", paramLabel = "TEXT", description = "kept in the record")
  String reason = "";

  public TaskReject(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        RejectTaskRequest.newBuilder().setName(name).setRequestId(UUID.randomUUID().toString());
    request.setReason(reason);
    Task task = context().api().call(TaskServiceGrpc.getRejectTaskMethod(), request.build());
    return new TaskReport(context()).line(task);
  }
}
