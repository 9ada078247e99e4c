package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.cli.session.Words;
import io.salvor.v1.MergeTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Merges what is accepted.
public final class TaskMerge extends OnTasks {
  private final Word<String> push = push(words);

  public TaskMerge(Context context) {
    super(context);
  }

  @Override
  Task act(Chosen task) {
    var request =
        MergeTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId());
    request.setPush(push.or(""));
    return context().api().call(TaskServiceGrpc.getMergeTaskMethod(), request.build());
  }

  @Override
  ExitCode tell(Task task, TaskReport report) throws InterruptedException {
    return report.afterMerge(task);
  }

  /// The option of both commands that merge.
  static Word<String> push(Words words) {
    return words.option(
        "--push",
        "REMOTE",
        "after the merge, push the target branch to this remote of the project");
  }
}
