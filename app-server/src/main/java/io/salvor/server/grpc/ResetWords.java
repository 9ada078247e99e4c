package io.salvor.server.grpc;

import io.salvor.domain.task.Reset;
import io.salvor.domain.task.Task;
import io.salvor.v1.WorkspaceReset;

/// How far it is that a workspace goes back to its base, and where its work is kept.
final class ResetWords {
  private ResetWords() {}

  static WorkspaceReset message(Task task, Reset reset) {
    var message =
        WorkspaceReset.newBuilder()
            .setKept(kept(task, reset))
            .setCommits(reset.commits())
            .setUncommittedFiles(reset.files());
    switch (reset.progress()) {
      case Reset.Progress.Pending _ -> message.setState(WorkspaceReset.State.PENDING);
      case Reset.Progress.Done _ -> message.setState(WorkspaceReset.State.DONE);
      case Reset.Progress.Refused(var detail) ->
          message.setState(WorkspaceReset.State.REFUSED).setDetail(detail);
    }
    return message.build();
  }

  /// `at its base; 2 commits and 1 uncommitted file are kept under refs/salvor/TASK-0001/1/`.
  static String sentence(Task task, Reset reset) {
    return switch (reset.progress()) {
      case Reset.Progress.Pending _ -> "its workspace is being put back to its base";
      case Reset.Progress.Done _ -> "its workspace is at its base" + whatIsKept(task, reset);
      case Reset.Progress.Refused(var detail) -> "its workspace was left as it was: " + detail;
    };
  }

  private static String whatIsKept(Task task, Reset reset) {
    return reset.commits() == 0 && reset.files() == 0
        ? ""
        : "; "
            + Counted.of(reset.commits(), "commit")
            + " and "
            + Counted.of(reset.files(), "uncommitted file")
            + " are kept under "
            + kept(task, reset);
  }

  private static String kept(Task task, Reset reset) {
    return reset.commits() == 0 && reset.files() == 0
        ? ""
        : "refs/salvor/" + task.display() + "/" + reset.keptUnder() + "/";
  }
}
