package io.salvor.domain.journal;

import io.salvor.domain.access.Actor;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.TaskFact.Act;
import java.time.Instant;

/// What a record says: a fact, who brought it about and when.
public sealed interface Statement {
  /// Its place in the log.
  long seq();

  /// Who brought it about.
  Actor actor();

  /// Wall-clock time of the decision.
  Instant at();

  /// What kind of statement it is.
  Act act();

  /// About a task.
  record OfTask(Recorded recorded) implements Statement {
    @Override
    public long seq() {
      return recorded.seq();
    }

    @Override
    public Actor actor() {
      return recorded.actor();
    }

    @Override
    public Instant at() {
      return recorded.at();
    }

    @Override
    public Act act() {
      return recorded.fact().act();
    }
  }

  /// About the whole instance.
  record OfInstance(long seq, Actor actor, Instant at, InstanceFact fact) implements Statement {
    @Override
    public Act act() {
      return switch (fact) {
        case InstanceFact.Frozen _,
            InstanceFact.Unfrozen _,
            InstanceFact.SettingsAccepted _,
            InstanceFact.SettingsRevoked _,
            InstanceFact.AllowanceNeared _,
            InstanceFact.ProviderNoted _,
            InstanceFact.EndingRepeated _ ->
            Act.LEARN;
        case InstanceFact.BackupBegun _ -> Act.INTEND;
        case InstanceFact.BackupVerified _, InstanceFact.BackupFailed _, InstanceFact.Restored _ ->
            Act.KNOW;
      };
    }
  }
}
