package io.salvor.domain.instance;

import io.salvor.domain.backup.Admission;
import io.salvor.domain.provider.ProviderFact;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Meter;
import java.util.Optional;
import java.util.OptionalLong;

/// What has happened to the whole instance. Written before it is acted on; never changed.
public sealed interface InstanceFact {
  /// No attempt begins from now on. What a hard freeze ends is said by each task's own facts, in
  /// the same decision.
  record Frozen(Freeze.Level level, String reason) implements InstanceFact {}

  /// Attempts begin again.
  record Unfrozen(String reason) implements InstanceFact {}

  /// The settings file in a project may say what is run there.
  ///
  /// @param project absolute path of its root
  /// @param hash SHA-256 in hex of the file as it was looked at
  record SettingsAccepted(String project, String hash) implements InstanceFact {}

  /// So much of what many tasks may use together is used up; said once for each value of the limit,
  /// and where it is for a day once in that day. At 100 % no attempt begins for which it holds.
  ///
  /// @param project absolute path of its root; empty where it is for all
  /// @param day since 1970-01-01 in UTC; empty where it is for good
  /// @param percent 75, 80, 90 or 100
  /// @param spent in the meter's unit
  /// @param limit in the meter's unit
  record AllowanceNeared(
      Optional<String> project, OptionalLong day, Meter meter, int percent, long spent, long limit)
      implements InstanceFact {
    /// Whether both are about the same part of the same limit.
    public boolean tellsTheSameAs(AllowanceNeared other) {
      return project.equals(other.project)
          && day.equals(other.day)
          && meter == other.meter
          && percent == other.percent
          && limit == other.limit;
    }
  }

  /// What was accepted for a project, is not any longer.
  record SettingsRevoked(String project) implements InstanceFact {}

  /// How a provider stands.
  record ProviderNoted(ProviderFact news) implements InstanceFact {}

  /// Attempts of an agent ended the same way on one day, of whichever tasks they were.
  ///
  /// @param day since 1970-01-01 in UTC
  /// @param times so often by now; from [EndingRepeated#MANY] on it is not counted
  record EndingRepeated(String agent, Reason reason, long day, int times) implements InstanceFact {
    /// So often is a reason to look at the settings.
    public static final int MANY = 3;

    /// Whether it has become often enough for people to be told.
    public boolean many() {
      return times >= MANY;
    }

    /// Whether both are about the same.
    boolean countsTheSameAs(EndingRepeated other) {
      return agent.equals(other.agent) && reason == other.reason && day == other.day;
    }
  }

  /// About copies of the store. Changes nothing of what the instance does.
  sealed interface OfBackup extends InstanceFact {}

  /// A copy is about to be made.
  record BackupBegun(Occasion occasion) implements OfBackup {}

  /// It was verified and published.
  ///
  /// @param generation its name
  /// @param lastSeq the last record in it
  record BackupVerified(String generation, long lastSeq) implements OfBackup {}

  /// There is no new one.
  ///
  /// @param reason what was wrong with the copy; empty where it did not come to one
  /// @param detail for people
  record BackupFailed(Optional<Admission.Reason> reason, String detail) implements OfBackup {}

  /// The store was made of a backup: the first record after it.
  ///
  /// @param generation its name
  /// @param lostFirst the first record of the store before it that is not in this one; 0 for none
  ///   or where that is not known
  /// @param lostLast the last one
  record Restored(String generation, long lostFirst, long lostLast) implements OfBackup {}

  /// What brings a backup about.
  enum Occasion {
    START,
    SCHEDULE,
    DEMAND
  }
}
