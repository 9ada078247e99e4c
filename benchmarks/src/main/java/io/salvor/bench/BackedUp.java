package io.salvor.bench;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.RestorePlan.Target;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.server.backup.Backups;
import io.salvor.server.backup.Restoring;
import io.salvor.server.backup.Secrets;
import io.salvor.server.backup.Shipper;
import io.salvor.server.backup.Vault;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// A home without a server, and its backups.
record BackedUp(Home home, Vault vault, Scratch scratch) {
  static final Target LATEST = new Target.Latest();
  private static final Actor ACTOR = new Actor("user:bench");
  private static final InstantSource CLOCK = InstantSource.system();

  /// What takes time.
  interface Timed {
    void run() throws Exception;

    /// How long it takes.
    static double millis(Timed what) throws Exception {
      long began = System.nanoTime();
      what.run();
      return (System.nanoTime() - began) / 1e6;
    }
  }

  static BackedUp home(Scratch scratch) throws IOException {
    var home = new Home(scratch.root().resolve("home"));
    home.create();
    return new BackedUp(home, new Vault(scratch.root().resolve("backups/home")), scratch);
  }

  Path database() {
    return StoreFiles.in(home.root()).database();
  }

  SqliteStore open() {
    return SqliteStore.open(StoreFiles.in(home.root()), SqliteStore.Settings.DEFAULT, CLOCK);
  }

  /// Makes a generation, as a server does.
  void backUp(SqliteStore store) throws InterruptedException {
    var secrets = Secrets.of(home, Optional.empty(), Map.of());
    var source = new Backups.Source(home, store, secrets, CLOCK, "bench");
    var outcome = Backups.of(source, vault, Retention.USUAL, _ -> {}).create(Occasion.DEMAND);
    if (!(outcome instanceof Backups.Outcome.Made)) {
      throw new IllegalStateException("no backup was made: " + outcome);
    }
  }

  /// Writes down what came since.
  void ship(SqliteStore store) {
    var shipper = new Shipper(store, vault, CLOCK);
    int _ = shipper.ship();
    shipper
        .trouble()
        .ifPresent(it -> {
          throw new IllegalStateException(it);
        });
  }

  /// Restores into a home that has nothing, which is then removed.
  void restore(Target target) throws IOException, InterruptedException {
    try (var fresh = new Scratch(scratch.folder("restored"))) {
      var into = new Home(fresh.root());
      into.create();
      var restoring = new Restoring(into, vault, CLOCK);
      var _ = restoring.restore(restoring.plan(target), ACTOR, Optional.empty());
    }
  }

  /// Removes the backups.
  void clear() throws IOException {
    new Scratch(scratch.folder("backups")).close();
  }
}
