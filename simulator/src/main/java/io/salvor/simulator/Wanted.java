package io.salvor.simulator;

import io.salvor.domain.instance.InstanceCommand;
import io.salvor.domain.task.TaskCommand;

/// What somebody asks for.
sealed interface Wanted {
  /// Something of a task.
  record OfTask(TaskCommand command) implements Wanted {}

  /// Something of the whole instance.
  record OfInstance(InstanceCommand command) implements Wanted {}

  /// The name of the call.
  default String method() {
    return switch (this) {
      case OfTask(var command) -> command.getClass().getSimpleName();
      case OfInstance(var command) -> command.getClass().getSimpleName();
    };
  }

  /// For the tale.
  default String words() {
    return switch (this) {
      case OfTask(var command) ->
          method() + " " + command.task().value().getMostSignificantBits() % 1000;
      case OfInstance(InstanceCommand.Freeze(var level, _)) -> method() + " " + level;
      case OfInstance(InstanceCommand.Unfreeze _) -> method();
      case OfInstance(InstanceCommand.AcceptSettings(var project, _)) -> method() + " " + project;
      case OfInstance(InstanceCommand.RevokeSettings(var project)) -> method() + " " + project;
      case OfInstance(InstanceCommand.NoteBackup _) -> method();
    };
  }
}
