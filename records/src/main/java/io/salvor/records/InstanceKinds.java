package io.salvor.records;

import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.record.v1.AllowanceNeared;
import io.salvor.record.v1.EndingRepeated;
import io.salvor.record.v1.FreezeLevel;
import io.salvor.record.v1.InstanceFrozen;
import io.salvor.record.v1.InstanceUnfrozen;
import io.salvor.record.v1.ProjectSettingsAccepted;
import io.salvor.record.v1.ProjectSettingsRevoked;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Records about the whole instance: every kind that was ever written.
final class InstanceKinds {
  private static final Same<Freeze.Level, FreezeLevel> LEVEL =
      Same.of(Freeze.Level.class, FreezeLevel.class, "FREEZE_LEVEL_");

  static final Kind.Current<InstanceFact, ?, ?> FROZEN =
      new Kind.Current<>(
          "salvor.instance.frozen.v1",
          InstanceFact.Frozen.class,
          fact ->
              InstanceFrozen.newBuilder()
                  .setLevel(LEVEL.stored(fact.level()))
                  .setReason(fact.reason())
                  .build(),
          InstanceFrozen.parser(),
          stored -> new InstanceFact.Frozen(LEVEL.ours(stored.getLevel()), stored.getReason()));

  static final Kind.Current<InstanceFact, ?, ?> UNFROZEN =
      new Kind.Current<>(
          "salvor.instance.unfrozen.v1",
          InstanceFact.Unfrozen.class,
          fact -> InstanceUnfrozen.newBuilder().setReason(fact.reason()).build(),
          InstanceUnfrozen.parser(),
          stored -> new InstanceFact.Unfrozen(stored.getReason()));

  static final Kind.Current<InstanceFact, ?, ?> SETTINGS_ACCEPTED =
      new Kind.Current<>(
          "salvor.instance.settings_accepted.v1",
          InstanceFact.SettingsAccepted.class,
          fact ->
              ProjectSettingsAccepted.newBuilder()
                  .setProject(fact.project())
                  .setHash(fact.hash())
                  .build(),
          ProjectSettingsAccepted.parser(),
          stored -> new InstanceFact.SettingsAccepted(stored.getProject(), stored.getHash()));

  static final Kind.Current<InstanceFact, ?, ?> SETTINGS_REVOKED =
      new Kind.Current<>(
          "salvor.instance.settings_revoked.v1",
          InstanceFact.SettingsRevoked.class,
          fact -> ProjectSettingsRevoked.newBuilder().setProject(fact.project()).build(),
          ProjectSettingsRevoked.parser(),
          stored -> new InstanceFact.SettingsRevoked(stored.getProject()));

  static final Kind.Current<InstanceFact, ?, ?> ALLOWANCE_NEARED =
      new Kind.Current<>(
          "salvor.instance.allowance_neared.v1",
          InstanceFact.AllowanceNeared.class,
          InstanceKinds::neared,
          AllowanceNeared.parser(),
          InstanceKinds::neared);

  static final Kind.Current<InstanceFact, ?, ?> ENDING_REPEATED =
      new Kind.Current<>(
          "salvor.instance.ending_repeated.v1",
          InstanceFact.EndingRepeated.class,
          fact ->
              EndingRepeated.newBuilder()
                  .setAgent(fact.agent())
                  .setReason(RunValues.REASON.stored(fact.reason()))
                  .setDay(fact.day())
                  .setTimes(fact.times())
                  .build(),
          EndingRepeated.parser(),
          stored ->
              new InstanceFact.EndingRepeated(
                  stored.getAgent(),
                  RunValues.REASON.ours(stored.getReason()),
                  stored.getDay(),
                  stored.getTimes()));

  private static final List<Kind<InstanceFact>> ALL =
      List.of(
          FROZEN,
          UNFROZEN,
          SETTINGS_ACCEPTED,
          SETTINGS_REVOKED,
          ALLOWANCE_NEARED,
          ProviderKinds.FAILED,
          ProviderKinds.TRIED,
          ProviderKinds.UNTOLD,
          ProviderKinds.SERVED,
          ENDING_REPEATED,
          BackupKinds.BEGUN,
          BackupKinds.VERIFIED,
          BackupKinds.FAILED,
          BackupKinds.RESTORED);

  private InstanceKinds() {}

  /// How a fact is written.
  static Kind.Current<InstanceFact, ?, ?> of(InstanceFact fact) {
    return switch (fact) {
      case InstanceFact.Frozen _ -> FROZEN;
      case InstanceFact.Unfrozen _ -> UNFROZEN;
      case InstanceFact.SettingsAccepted _ -> SETTINGS_ACCEPTED;
      case InstanceFact.SettingsRevoked _ -> SETTINGS_REVOKED;
      case InstanceFact.AllowanceNeared _ -> ALLOWANCE_NEARED;
      case InstanceFact.ProviderNoted(var news) -> ProviderKinds.of(news);
      case InstanceFact.EndingRepeated _ -> ENDING_REPEATED;
      case InstanceFact.BackupBegun _ -> BackupKinds.BEGUN;
      case InstanceFact.BackupVerified _ -> BackupKinds.VERIFIED;
      case InstanceFact.BackupFailed _ -> BackupKinds.FAILED;
      case InstanceFact.Restored _ -> BackupKinds.RESTORED;
    };
  }

  private static AllowanceNeared neared(InstanceFact.AllowanceNeared fact) {
    var stored =
        AllowanceNeared.newBuilder()
            .setMeter(TaskKinds.METER.stored(fact.meter()))
            .setPercent(fact.percent())
            .setSpent(fact.spent())
            .setLimit(fact.limit());
    fact.project().ifPresent(stored::setProject);
    fact.day().ifPresent(stored::setDay);
    return stored.build();
  }

  private static InstanceFact.AllowanceNeared neared(AllowanceNeared stored) {
    return new InstanceFact.AllowanceNeared(
        stored.hasProject() ? Optional.of(stored.getProject()) : Optional.empty(),
        stored.hasDay() ? OptionalLong.of(stored.getDay()) : OptionalLong.empty(),
        TaskKinds.METER.ours(stored.getMeter()),
        stored.getPercent(),
        stored.getSpent(),
        stored.getLimit());
  }

  /// The kind of this name; empty where only a newer Salvor knows it.
  static Optional<Kind<InstanceFact>> named(String name) {
    return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }
}
