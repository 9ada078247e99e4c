package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.v1.CompleteTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;

/// Says that the work is done, whoever did it.
public final class TaskDone extends OnTask {
  private final Word<String> summary =
      words.option("--summary", "TEXT", "what was done, for the reviewer");

  private final Word<Boolean> force =
      words.flag("--force", "despite uncommitted files, which are left out");

  public TaskDone(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        CompleteTaskRequest.newBuilder().setName(name()).setRequestId(UUID.randomUUID().toString());
    request.setSummary(summary.or("")).setForce(force.or(false));
    Task task = context().api().call(TaskServiceGrpc.getCompleteTaskMethod(), request.build());
    return new TaskReport(context()).line(task);
  }
}
