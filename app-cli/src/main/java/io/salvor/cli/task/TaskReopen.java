package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.v1.ReopenTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;

/// Makes a closed or waiting task ready for another attempt.
public final class TaskReopen extends OnTask {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  public TaskReopen(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        ReopenTaskRequest.newBuilder().setName(name()).setRequestId(UUID.randomUUID().toString());
    request.setReason(reason.or(""));
    Task task = context().api().call(TaskServiceGrpc.getReopenTaskMethod(), request.build());
    return new TaskReport(context()).line(task);
  }
}
