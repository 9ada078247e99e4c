package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;
import java.util.function.Function;

/// Says something about a task.
public final class TaskComment extends OnTask {
  private final Word<String> text = words.required("TEXT", Function.identity(), "what is said");

  public TaskComment(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        CommentTaskRequest.newBuilder().setName(name()).setRequestId(UUID.randomUUID().toString());
    request.setText(text.or(""));
    Task task = context().api().call(TaskServiceGrpc.getCommentTaskMethod(), request.build());
    return new TaskReport(context()).line(task);
  }
}
