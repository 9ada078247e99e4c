package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Word;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.OpenShellRequest;
import io.salvor.v1.OpenShellResponse;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WorkspaceServiceGrpc;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/// Opens a shell in a task's workspace, with the environment that its agent gets. No attempt begins
/// while it is open.
public final class TaskDebug extends OnTask {
  private final Word<List<String>> command =
      words.rest("COMMAND", "after --: a program to run there instead of a shell");

  public TaskDebug(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    if (context().server().isPresent()) {
      throw new Failure(
          ExitCode.INVALID,
          "NOT_HERE",
          "a workspace is opened where its server runs, over the Unix socket of its home",
          "salvor task debug TASK  (without --server)");
    }
    List<String> said = command.or(List.of());
    String shell = context().surroundings().variable("SHELL").orElse("/bin/sh");
    List<String> program = said.isEmpty() ? List.of(shell) : said;
    OpenShellResponse opened =
        context()
            .api()
            .call(
                WorkspaceServiceGrpc.getOpenShellMethod(),
                OpenShellRequest.newBuilder()
                    .setName(name())
                    .addAllProgram(program)
                    .setRequestId(UUID.randomUUID().toString())
                    .build());
    int status;
    try (var inside = WorkspaceShell.enter(context(), opened)) {
      noAttemptBegan();
      if (said.isEmpty()) {
        context().err().println("in " + opened.getPath() + "; no attempt begins until you leave");
        context().err().flush();
      }
      status = inside.run(program);
    }
    return said.isEmpty() || status == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  /// The lock came after the answer: in between one may have begun, and then it has the workspace.
  private void noAttemptBegan() {
    Task task =
        context()
            .api()
            .call(
                TaskServiceGrpc.getGetTaskMethod(),
                GetTaskRequest.newBuilder().setName(name()).build());
    switch (task.getState()) {
      case CLAIMED, RUNNING, STOPPING, VERIFYING ->
          throw new Failure(
              ExitCode.WRONG_STATE,
              "WRONG_STATE",
              task.getDisplayId() + " has an attempt in its workspace since a moment",
              "salvor task pause " + task.getDisplayId());
      default -> {
        // Nobody is in it.
      }
    }
  }
}
