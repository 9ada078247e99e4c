package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.v1.MergeTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;

/// Merges what is accepted.
public final class TaskMerge extends OnTask {

  public TaskMerge(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    var request =
        MergeTaskRequest.newBuilder().setName(name()).setRequestId(UUID.randomUUID().toString());
    Task task = context().api().call(TaskServiceGrpc.getMergeTaskMethod(), request.build());
    return new TaskReport(context()).afterMerge(task);
  }
}
