package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.v1.CompleteTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;
import picocli.CommandLine.Option;

/// Says that the work is done, whoever did it.
public final class TaskDone extends OnTask {
  @Option(names = "--summary", paramLabel = "TEXT", description = "what was done, for the reviewer")
  String summary = "";

  @Option(names = "--force", description = "despite uncommitted files, which are left out")
  boolean force;

  public TaskDone(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        CompleteTaskRequest.newBuilder().setName(name).setRequestId(UUID.randomUUID().toString());
    request.setSummary(summary).setForce(force);
    Task task = context().api().call(TaskServiceGrpc.getCompleteTaskMethod(), request.build());
    return new TaskReport(context()).line(task);
  }
}
