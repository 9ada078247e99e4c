package io.salvor.records;

import io.salvor.domain.backup.Admission;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.record.v1.BackupOccasion;
import io.salvor.record.v1.BackupRefusal;
import io.salvor.record.v1.InstanceBackupBegun;
import io.salvor.record.v1.InstanceBackupFailed;
import io.salvor.record.v1.InstanceBackupVerified;
import io.salvor.record.v1.InstanceRestored;
import java.util.Optional;

/// Records about copies of the store.
public final class BackupKinds {
  /// What the names of those begin with that say nothing which a backup would be needed for.
  public static final String ABOUT_BACKUPS = "salvor.instance.backup_";

  private static final Same<Occasion, BackupOccasion> OCCASION =
      Same.of(Occasion.class, BackupOccasion.class, "BACKUP_OCCASION_");
  private static final Same<Admission.Reason, BackupRefusal> REASON =
      Same.of(Admission.Reason.class, BackupRefusal.class, "BACKUP_REFUSAL_");

  static final Kind.Current<InstanceFact, ?, ?> BEGUN =
      new Kind.Current<>(
          ABOUT_BACKUPS + "begun.v1",
          InstanceFact.BackupBegun.class,
          fact ->
              InstanceBackupBegun.newBuilder()
                  .setOccasion(OCCASION.stored(fact.occasion()))
                  .build(),
          InstanceBackupBegun.parser(),
          stored -> new InstanceFact.BackupBegun(OCCASION.ours(stored.getOccasion())));

  static final Kind.Current<InstanceFact, ?, ?> VERIFIED =
      new Kind.Current<>(
          ABOUT_BACKUPS + "verified.v1",
          InstanceFact.BackupVerified.class,
          fact ->
              InstanceBackupVerified.newBuilder()
                  .setGeneration(fact.generation())
                  .setLastSeq(fact.lastSeq())
                  .build(),
          InstanceBackupVerified.parser(),
          stored -> new InstanceFact.BackupVerified(stored.getGeneration(), stored.getLastSeq()));

  static final Kind.Current<InstanceFact, ?, ?> FAILED =
      new Kind.Current<>(
          ABOUT_BACKUPS + "failed.v1",
          InstanceFact.BackupFailed.class,
          BackupKinds::failed,
          InstanceBackupFailed.parser(),
          stored -> new InstanceFact.BackupFailed(reason(stored.getReason()), stored.getDetail()));

  static final Kind.Current<InstanceFact, ?, ?> RESTORED =
      new Kind.Current<>(
          "salvor.instance.restored.v1",
          InstanceFact.Restored.class,
          fact ->
              InstanceRestored.newBuilder()
                  .setGeneration(fact.generation())
                  .setLostFirst(fact.lostFirst())
                  .setLostLast(fact.lostLast())
                  .build(),
          InstanceRestored.parser(),
          stored ->
              new InstanceFact.Restored(
                  stored.getGeneration(), stored.getLostFirst(), stored.getLostLast()));

  private BackupKinds() {}

  private static InstanceBackupFailed failed(InstanceFact.BackupFailed fact) {
    var stored = InstanceBackupFailed.newBuilder().setDetail(fact.detail());
    fact.reason().ifPresent(it -> stored.setReason(REASON.stored(it)));
    return stored.build();
  }

  private static Optional<Admission.Reason> reason(BackupRefusal stored) {
    return stored == BackupRefusal.BACKUP_REFUSAL_UNSPECIFIED
        ? Optional.empty()
        : Optional.of(REASON.ours(stored));
  }
}
