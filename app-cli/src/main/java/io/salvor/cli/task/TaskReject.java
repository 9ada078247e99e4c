package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.v1.RejectTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;

/// Does not accept the work.
public final class TaskReject extends OnTask {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  public TaskReject(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        RejectTaskRequest.newBuilder().setName(name()).setRequestId(UUID.randomUUID().toString());
    request.setReason(reason.or(""));
    Task task = context().api().call(TaskServiceGrpc.getRejectTaskMethod(), request.build());
    return new TaskReport(context()).line(task);
  }
}
