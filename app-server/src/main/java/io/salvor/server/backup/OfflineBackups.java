package io.salvor.server.backup;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.RestorePlan.Target;
import io.salvor.domain.backup.Retention;
import io.salvor.server.config.Home;
import io.salvor.sqlite.HomeLock;
import io.salvor.v1.BackupDrill;
import io.salvor.v1.PruneBackupsResponse;
import io.salvor.v1.RestoreReport;
import io.salvor.v1.VerifyBackupsResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What can be done about a home's backups while no server runs on it; and what can be asked, while
/// one does.
public final class OfflineBackups {
  private final Home home;
  private final Vault own;
  private final Vault from;
  private final BackupLists lists;
  private final Retention retention;
  private final InstantSource clock;

  /// @param key whose backups are meant; empty for the home's own
  public OfflineBackups(
      Home home,
      BackupPlaces places,
      Optional<String> key,
      Retention retention,
      InstantSource clock) {
    this.home = home;
    this.own = places.of(home);
    this.from = key.map(places::ofKey).orElse(own);
    this.lists = new BackupLists(places, from);
    this.retention = retention;
    this.clock = clock;
  }

  /// For asking.
  public BackupLists lists() {
    return lists;
  }

  /// What somebody wants back, as it stands on a command line; empty for the latest.
  public Target target(Optional<String> text) {
    return Restoring.target(text.orElse(""), from.generations());
  }

  /// Reads all bytes of one or of all.
  public VerifyBackupsResponse verify(Optional<String> generation) {
    return lists.verify(generation);
  }

  /// Removes what is not kept.
  public PruneBackupsResponse prune(boolean onlySay) throws IOException {
    try (HomeLock _ = locked()) {
      return BackupLists.told(from.prune(retention, onlySay));
    }
  }

  /// What a restore would do.
  public RestoreReport plan(Target target) throws IOException {
    try (HomeLock _ = locked()) {
      return new Restoring(home, from, clock).plan(target).report();
    }
  }

  /// Restores.
  public RestoreReport restore(Target target, Actor actor)
      throws IOException, InterruptedException {
    home.create();
    try (HomeLock _ = locked()) {
      var restoring = new Restoring(home, from, clock);
      return restoring.restore(
          restoring.plan(target), actor, Optional.of(Work.with(home)), Optional.of(own));
    }
  }

  /// Rehearses a restore; a server may run meanwhile.
  ///
  /// @param server the command that runs one
  public BackupDrill drill(Target target, List<String> server)
      throws IOException, InterruptedException {
    return new Drill(from, server, clock).run(target);
  }

  private HomeLock locked() {
    var self = new HomeLock.Holder(ProcessHandle.current().pid(), clock.instant());
    return switch (HomeLock.acquire(home.root(), self)) {
      case HomeLock.Answer.Acquired(var lock) -> lock;
      case HomeLock.Answer.Taken(var holder) ->
          throw new BackupFailed(
              "a server runs on "
                  + home.root()
                  + holder.map(it -> ", as process " + it.pid()).orElse(""),
              "salvor stop");
    };
  }
}
