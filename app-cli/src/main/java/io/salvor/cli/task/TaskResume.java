package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.v1.ResumeTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Goes on with a paused or blocked task in the same workspace.
public final class TaskResume extends OnTasksToWorkOn {
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
    budget().ifPresent(request::setBudgetMicroUsd);
    request.setLimits(limits());
    return context().api().call(TaskServiceGrpc.getResumeTaskMethod(), request.build());
  }
}
