package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Money;
import io.salvor.v1.ResumeTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;

/// Goes on with a paused or blocked task in the same workspace.
public final class TaskResume extends OnTask {
  private final Word<Long> budget =
      words.option(
          "--budget",
          "USD",
          Money::parse,
          "what the task may spend from now on, over all its attempts");

  private final WaitOptions wait = new WaitOptions(words);

  public TaskResume(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    var request =
        ResumeTaskRequest.newBuilder().setName(name()).setRequestId(UUID.randomUUID().toString());
    budget.said().ifPresent(request::setBudgetMicroUsd);
    Task task = context().api().call(TaskServiceGrpc.getResumeTaskMethod(), request.build());
    return new TaskReport(context()).after(task, wait);
  }
}
