package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Money;
import io.salvor.v1.ResumeTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Goes on with a paused or blocked task in the same workspace.
public final class TaskResume extends OnTasks {
  private final Word<Long> budget =
      words.option(
          "--budget",
          "USD",
          Money::parse,
          "what the task may spend from now on, over all its attempts");

  private final LimitOptions limits = new LimitOptions(words);
  private final WaitOptions wait = new WaitOptions(words);

  public TaskResume(Context context) {
    super(context);
  }

  @Override
  Task act(Chosen task) {
    var request =
        ResumeTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId());
    budget.said().ifPresent(request::setBudgetMicroUsd);
    request.setLimits(limits.message());
    return context().api().call(TaskServiceGrpc.getResumeTaskMethod(), request.build());
  }

  @Override
  boolean waits() {
    return wait.wanted();
  }

  @Override
  ExitCode tell(Task task, TaskReport report) throws InterruptedException {
    return report.after(task, wait);
  }
}
