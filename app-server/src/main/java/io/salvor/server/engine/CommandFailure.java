package io.salvor.server.engine;

import io.salvor.domain.workspace.WorkspaceCommands.CommandResult;
import java.util.Optional;

/// What a command that did not pass has to say.
final class CommandFailure {
  private CommandFailure() {}

  /// What happened, and its output; empty where it passed.
  static Optional<String> of(CommandResult result) {
    String words = words(result);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        result instanceof CommandResult.NotRun ? words : words + ":\n" + output(result));
  }

  /// What happened; empty where it passed.
  static String words(CommandResult result) {
    return switch (result) {
      case CommandResult.Exited exited when exited.status() == 0 -> "";
      case CommandResult.Exited(var status, _) -> "exited with status " + status;
      case CommandResult.TimedOut _ -> "was ended when its time was over";
      case CommandResult.TooMuchOutput _ -> "was ended when it had written more than it may";
      case CommandResult.NotRun(var why) -> "could not be run: " + why;
    };
  }

  /// The last of what it wrote.
  static String output(CommandResult result) {
    return switch (result) {
      case CommandResult.Exited(_, var tail) -> tail;
      case CommandResult.TimedOut(var tail) -> tail;
      case CommandResult.TooMuchOutput(var tail) -> tail;
      case CommandResult.NotRun _ -> "";
    };
  }
}
