package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.v1.ApproveTaskRequest;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.UUID;
import picocli.CommandLine.Option;

/// Accepts the work, and merges it if asked to.
public final class TaskApprove extends OnTask {
  @Option(
      names = "--commit",
      paramLabel = "HASH",
      description = "the commit that was looked at (default: the one under review)")
  String commit = "";

  @Option(names = "--notes", paramLabel = "TEXT", description = "kept with the verdict")
  String notes = "";

  @Option(names = "--merge", description = "merge it at once, and wait until it is")
  boolean merge;

  public TaskApprove(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    var request =
        ApproveTaskRequest.newBuilder().setName(name).setRequestId(UUID.randomUUID().toString());
    request.setCommit(fullHash()).setNotes(notes).setMerge(merge);
    Task task = context().api().call(TaskServiceGrpc.getApproveTaskMethod(), request.build());
    var report = new TaskReport(context());
    return merge ? report.afterMerge(task) : report.line(task);
  }

  /// A hash may be cut short as long as it is that of the task's branch.
  private String fullHash() {
    if (commit.isEmpty() || commit.length() >= 40) {
      return commit;
    }
    Task task =
        context()
            .api()
            .call(
                TaskServiceGrpc.getGetTaskMethod(),
                GetTaskRequest.newBuilder().setName(name).build());
    String head = task.getWorkspace().getHead();
    return commit.length() >= 7 && head.startsWith(commit) ? head : commit;
  }
}
