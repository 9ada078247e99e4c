package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Converters;
import io.salvor.cli.session.ExitCode;
import io.salvor.v1.ResumeTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Goes on with a paused or blocked task in the same workspace.
public final class TaskResume extends OnTask {
  @Option(
      names = "--budget",
      paramLabel = "USD",
      description = "what the task may spend from now on, over all its attempts",
      converter = Converters.Dollars.class)
  @Nullable Long budget;

  @Mixin WaitOptions wait = new WaitOptions();

  public TaskResume(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    var request =
        ResumeTaskRequest.newBuilder().setName(name).setRequestId(UUID.randomUUID().toString());
    if (budget != null) {
      request.setBudgetMicroUsd(budget);
    }
    Task task = context().api().call(TaskServiceGrpc.getResumeTaskMethod(), request.build());
    return new TaskReport(context()).after(task, wait);
  }
}
