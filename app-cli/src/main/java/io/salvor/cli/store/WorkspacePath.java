package io.salvor.cli.store;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Results;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;

/// Prints the path of a task's workspace, for `cd`.
public final class WorkspacePath extends OfTask {
  public WorkspacePath(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    Task task =
        context()
            .api()
            .call(
                TaskServiceGrpc.getGetTaskMethod(),
                GetTaskRequest.newBuilder().setName(name()).build());
    if (task.getWorkspace().getPath().isEmpty()) {
      throw new Failure(
          ExitCode.NOT_FOUND,
          "WORKSPACE_NOT_FOUND",
          task.getDisplayId() + " has no workspace yet",
          "salvor task dispatch " + task.getDisplayId());
    }
    new Results(context()).show(task.getWorkspace(), () -> task.getWorkspace().getPath() + "\n");
    return ExitCode.OK;
  }
}
