package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Word;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Starts an attempt, or queues the task for one.
public final class TaskDispatch extends OnTasksToWorkOn {
  private final Word<Boolean> resume =
      words.flag("--resume", "go on in the workspace as it stands");

  private final WorkerOptions worker = new WorkerOptions(words);

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
    budget().ifPresent(request::setBudgetMicroUsd);
    request.setLimits(limits()).setAgent(worker.message());
    return worker.mind(
        context(), context().api().call(TaskServiceGrpc.getDispatchTaskMethod(), request.build()));
  }
}
