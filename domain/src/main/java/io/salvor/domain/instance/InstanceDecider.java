package io.salvor.domain.instance;

import io.salvor.domain.task.Refusal;
import io.salvor.domain.text.ShellWord;

/// `decide`: what follows from a command about the whole instance.
public final class InstanceDecider {
  private InstanceDecider() {}

  /// What was decided.
  public sealed interface Ruling {
    /// This follows.
    record Accepted(InstanceFact fact) implements Ruling {}

    /// It cannot be carried out.
    record Refused(Refusal refusal) implements Ruling {}
  }

  /// Carries out a command.
  public static Ruling decide(Instance instance, InstanceCommand command) {
    return switch (command) {
      case InstanceCommand.Freeze(var level, var reason) ->
          new Ruling.Accepted(new InstanceFact.Frozen(level, reason));
      case InstanceCommand.Unfreeze(var reason) ->
          instance.freeze().isPresent()
              ? new Ruling.Accepted(new InstanceFact.Unfrozen(reason))
              : new Ruling.Refused(
                  new Refusal(Refusal.Code.NOT_FROZEN, "nothing is frozen", "salvor status"));
      case InstanceCommand.AcceptSettings(var project, var hash) ->
          new Ruling.Accepted(new InstanceFact.SettingsAccepted(project, hash));
      case InstanceCommand.RevokeSettings(var project) ->
          instance.acceptedSettings().containsKey(project)
              ? new Ruling.Accepted(new InstanceFact.SettingsRevoked(project))
              : new Ruling.Refused(
                  new Refusal(
                      Refusal.Code.NOTHING_THERE,
                      "no settings of " + project + " were accepted",
                      "salvor project show " + ShellWord.of(project)));
      case InstanceCommand.NoteBackup(var fact) -> new Ruling.Accepted(fact);
    };
  }
}
