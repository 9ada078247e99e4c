package io.salvor.server.engine;

import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;

/// What an agent is told.
final class Prompt {
  private Prompt() {}

  /// The brief; before it, where work goes on, what happened before and what is there now.
  ///
  /// @param briefing of the workspace as it stands, see
  ///   [io.salvor.domain.workspace.Workspaces#briefing]
  static String text(Task task, StartMode mode, String brief, String briefing) {
    if (mode == StartMode.FRESH || task.lastStarted().isEmpty()) {
      return brief;
    }
    PastAttempt before = task.lastStarted().get();
    return """
    You take up work that was interrupted. Attempt %d on this task ended with %s (%s)%s; nothing of it runs any more.
    Its work is still here, in your working directory, on branch %s:

    %s
    Do not redo what is done. Look at it first, check what is unfinished or uncommitted, and go on from there. Make
    ordinary commits; do not amend, rebase or reset the commits that are there.

    The task:

    %s
    """
        .formatted(
            before.ref().number(),
            before.ending().reason().label(),
            before.ending().codepath().label(),
            before.ending().detail().isEmpty() ? "" : ": " + before.ending().detail(),
            task.branch(),
            briefing.strip().indent(2),
            brief);
  }
}
