package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Word;
import io.salvor.v1.RetryTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Begins another attempt after one that came to nothing.
public final class TaskRetry extends OnTasksToWorkOn {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  private final Word<Boolean> fresh =
      words.flag("--fresh", "begin at the base, whatever the failure matrix says");

  private final WorkerOptions worker = new WorkerOptions(words);

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
    budget().ifPresent(request::setBudgetMicroUsd);
    request.setLimits(limits()).setAgent(worker.message());
    return worker.mind(
        context(), context().api().call(TaskServiceGrpc.getRetryTaskMethod(), request.build()));
  }
}
