package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Word;
import io.salvor.v1.CompleteTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Says that the work is done, whoever did it.
public final class TaskDone extends OnTasks {
  private final Word<String> summary =
      words.option("--summary", "TEXT", "what was done, for the reviewer");

  private final Word<String> domain =
      words.option(
          "--domain", "NAME", "field of competence that it belongs to (default: the task's)");

  private final Word<Boolean> force =
      words.flag("--force", "despite uncommitted files, which are left out");

  public TaskDone(Context context) {
    super(context);
  }

  @Override
  Task act(Chosen task) {
    var request =
        CompleteTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId());
    request.setSummary(summary.or("")).setDomain(domain.or("")).setForce(force.or(false));
    return context().api().call(TaskServiceGrpc.getCompleteTaskMethod(), request.build());
  }
}
