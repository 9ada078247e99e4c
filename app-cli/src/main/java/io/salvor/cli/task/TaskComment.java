package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.List;
import picocli.CommandLine.ParameterException;

/// Says something about a task.
public final class TaskComment extends OnTasks {
  public TaskComment(Context context) {
    super(context, "[TASK...] TEXT", "the tasks, or --filter; the last word is what is said");
  }

  @Override
  void checkWords() {
    if (allWords().isEmpty()) {
      throw new ParameterException(words.spec().commandLine(), "what is to be said?");
    }
  }

  @Override
  List<String> named() {
    return allWords().subList(0, allWords().size() - 1);
  }

  @Override
  Task act(Chosen task) {
    var request =
        CommentTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId())
            .setText(allWords().getLast());
    return context().api().call(TaskServiceGrpc.getCommentTaskMethod(), request.build());
  }
}
