package io.salvor.server.engine;

import io.salvor.domain.workspace.WorkspaceCommands.CommandResult;
import java.util.Optional;

/// What a command that did not pass has to say.
final class CommandFailure {
  private CommandFailure() {}

  /// Empty where it passed.
  static Optional<String> of(CommandResult result) {
    return switch (result) {
      case CommandResult.Exited exited when exited.status() == 0 -> Optional.empty();
      case CommandResult.Exited(var status, var tail) ->
          Optional.of("exited with status " + status + ":\n" + tail);
      case CommandResult.TimedOut(var tail) ->
          Optional.of("was ended when its time was over:\n" + tail);
      case CommandResult.TooMuchOutput(var tail) ->
          Optional.of("was ended when it had written more than it may:\n" + tail);
      case CommandResult.NotRun(var why) -> Optional.of("could not be run: " + why);
    };
  }
}
