package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Word;
import io.salvor.v1.SkipTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Leaves a task out, for good; what waits for it goes on waiting and says so.
public final class TaskSkip extends OnTasks {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  public TaskSkip(Context context) {
    super(context);
  }

  @Override
  Task act(Chosen task) {
    var request =
        SkipTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId());
    request.setReason(reason.or(""));
    return context().api().call(TaskServiceGrpc.getSkipTaskMethod(), request.build());
  }

  @Override
  boolean asksForOne() {
    return true;
  }
}
