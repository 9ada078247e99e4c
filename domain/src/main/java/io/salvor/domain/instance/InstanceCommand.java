package io.salvor.domain.instance;

import io.salvor.domain.instance.Freeze.Level;

/// What may be asked of the whole instance.
public sealed interface InstanceCommand {
  /// Let no attempt begin; at [Level#HARD] end those that are open. Asked again, the level and the
  /// reason are those that came last.
  record Freeze(Level level, String reason) implements InstanceCommand {}

  /// Let attempts begin again.
  record Unfreeze(String reason) implements InstanceCommand {}

  /// Let the settings file in a project, as long as it has this hash, say what is run there.
  record AcceptSettings(String project, String hash) implements InstanceCommand {}

  /// Do not let it any longer.
  record RevokeSettings(String project) implements InstanceCommand {}

  /// Write down what is being done, or was, about backups.
  record NoteBackup(InstanceFact.OfBackup fact) implements InstanceCommand {}
}
