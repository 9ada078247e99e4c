package io.salvor.domain.workspace;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import java.time.Duration;
import java.util.Optional;

/// Runs a project's own commands in a workspace, outside the agent: set-up before it, gates after
/// it.
///
/// Output goes to the attempt's flight recorder. What is started is marked and ended when its time
/// is over. Blocks.
public interface WorkspaceCommands {

  /// Runs `shellCommand` with `sh -c` in the workspace.
  CommandResult run(AttemptRef attempt, String workspace, String shellCommand, Duration limit)
      throws InterruptedException;

  /// The file whose `flock` a person holds, shared with others, who is in a task's workspace.
  /// Everything that they start there inherits it.
  String shellLock(TaskId task);

  /// Who is in a task's workspace by way of a shell: names of processes, for people. Empty for
  /// nobody.
  Optional<String> shellIn(TaskId task);

  /// How a command went.
  sealed interface CommandResult {
    /// It ended by itself.
    ///
    /// @param outputTail the last of its output, both streams, redacted, at most 8 KiB
    record Exited(int status, String outputTail) implements CommandResult {}

    /// It was ended when its time was over.
    record TimedOut(String outputTail) implements CommandResult {}

    /// It was ended when it had written more than it may.
    record TooMuchOutput(String outputTail) implements CommandResult {}

    /// It could not be started.
    record NotRun(String why) implements CommandResult {}
  }
}
