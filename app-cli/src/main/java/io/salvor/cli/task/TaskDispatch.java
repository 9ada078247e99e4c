package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Converters;
import io.salvor.cli.session.ExitCode;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Starts an attempt, or queues the task for one.
public final class TaskDispatch extends OnTask {
  @Option(names = "--resume", description = "go on in the workspace as it stands")
  boolean resume;

  @Option(
      names = "--budget",
      paramLabel = "USD",
      description = "what the task may spend from now on, over all its attempts",
      converter = Converters.Dollars.class)
  @Nullable Long budget;

  @Mixin WaitOptions wait = new WaitOptions();

  public TaskDispatch(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    var request =
        DispatchTaskRequest.newBuilder().setName(name).setRequestId(UUID.randomUUID().toString());
    request.setResume(resume);
    if (budget != null) {
      request.setBudgetMicroUsd(budget);
    }
    Task task = context().api().call(TaskServiceGrpc.getDispatchTaskMethod(), request.build());
    return new TaskReport(context()).after(task, wait);
  }
}
