package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Money;
import io.salvor.v1.RetryTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Begins another attempt after one that came to nothing.
public final class TaskRetry extends OnTasks {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  private final Word<Boolean> fresh =
      words.flag("--fresh", "begin at the base, whatever the failure matrix says");

  private final Word<Long> budget =
      words.option(
          "--budget",
          "USD",
          Money::parse,
          "what the task may spend from now on, over all its attempts");

  private final LimitOptions limits = new LimitOptions(words);
  private final WorkerOptions worker = new WorkerOptions(words);
  private final WaitOptions wait = new WaitOptions(words);

  public TaskRetry(Context context) {
    super(context);
  }

  @Override
  Task act(Chosen task) {
    var request =
        RetryTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId());
    request.setReason(reason.or("")).setFresh(fresh.or(false));
    budget.said().ifPresent(request::setBudgetMicroUsd);
    request.setLimits(limits.message()).setAgent(worker.message());
    return worker.mind(
        context(), context().api().call(TaskServiceGrpc.getRetryTaskMethod(), request.build()));
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
