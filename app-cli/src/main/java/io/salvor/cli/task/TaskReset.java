package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.v1.ResetTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Puts a task's workspace back to its base; what is there is kept.
public final class TaskReset extends OnTasks {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  public TaskReset(Context context) {
    super(context);
  }

  @Override
  Task act(Chosen task) {
    var request =
        ResetTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId());
    request.setReason(reason.or(""));
    return context().api().call(TaskServiceGrpc.getResetTaskMethod(), request.build());
  }

  @Override
  ExitCode tell(Task task, TaskReport report) throws InterruptedException {
    return report.afterReset(task);
  }
}
