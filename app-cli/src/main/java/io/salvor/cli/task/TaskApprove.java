package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.v1.ApproveTaskRequest;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Accepts the work, and merges it if asked to.
public final class TaskApprove extends OnTasks {
  private final Word<String> commit =
      words.option(
          "--commit", "HASH", "the commit that was looked at (default: the one under review)");

  private final Word<String> notes = words.option("--notes", "TEXT", "kept with the verdict");

  private final Word<String> domain =
      words.option(
          "--domain",
          "NAME",
          "field of competence in which it is judged (default: as it was handed in)");

  private final Word<Boolean> merge =
      words.flag("--merge", "merge it at once, and wait until it is");

  private final Word<String> push = TaskMerge.push(words);

  public TaskApprove(Context context) {
    super(context);
  }

  @Override
  Task act(Chosen task) {
    var request =
        ApproveTaskRequest.newBuilder()
            .setName(task.name())
            .setEtag(task.etag())
            .setRequestId(requestId());
    request
        .setCommit(fullHash(task.name()))
        .setNotes(notes.or(""))
        .setDomain(domain.or(""))
        .setMerge(merges())
        .setPush(push.or(""));
    return context().api().call(TaskServiceGrpc.getApproveTaskMethod(), request.build());
  }

  @Override
  ExitCode tell(Task task, TaskReport report) throws InterruptedException {
    return merges() ? report.afterMerge(task) : report.line(task);
  }

  private boolean merges() {
    return merge.or(false) || push.said().isPresent();
  }

  /// A hash may be cut short as long as it is that of the task's branch.
  private String fullHash(String name) {
    String said = commit.or("");
    if (said.isEmpty() || said.length() >= 40) {
      return said;
    }
    Task task =
        context()
            .api()
            .call(
                TaskServiceGrpc.getGetTaskMethod(),
                GetTaskRequest.newBuilder().setName(name).build());
    String head = task.getWorkspace().getHead();
    return said.length() >= 7 && head.startsWith(said) ? head : said;
  }
}
