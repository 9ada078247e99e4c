package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Money;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Starts an attempt, or queues the task for one.
public final class TaskDispatch extends OnTasks {
  private final Word<Boolean> resume =
      words.flag("--resume", "go on in the workspace as it stands");

  private final Word<Long> budget =
      words.option(
          "--budget",
          "USD",
          Money::parse,
          "what the task may spend from now on, over all its attempts");

  private final LimitOptions limits = new LimitOptions(words);
  private final WorkerOptions worker = new WorkerOptions(words);
  private final WaitOptions wait = new WaitOptions(words);

  public TaskDispatch(Context context) {
    super(context);
  }

  @Override
  Task act(Chosen task) {
    var request =
        DispatchTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId());
    request.setResume(resume.or(false));
    budget.said().ifPresent(request::setBudgetMicroUsd);
    request.setLimits(limits.message()).setAgent(worker.message());
    return worker.mind(
        context(), context().api().call(TaskServiceGrpc.getDispatchTaskMethod(), request.build()));
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
