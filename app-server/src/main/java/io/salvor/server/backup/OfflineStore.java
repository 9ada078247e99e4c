package io.salvor.server.backup;

import io.salvor.domain.access.Actor;
import io.salvor.server.config.Home;
import io.salvor.sqlite.HomeLock;
import io.salvor.v1.StoreCheck;
import io.salvor.v1.StoreRepair;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;

/// What can be done for a home's store while no server runs on it.
public final class OfflineStore {
  private final Home home;
  private final Vault vault;
  private final InstantSource clock;

  /// @param vault the home's own
  public OfflineStore(Home home, Vault vault, InstantSource clock) {
    this.home = home;
    this.vault = vault;
    this.clock = clock;
  }

  /// Reads all of the store, and notes beside it what was found.
  public StoreCheck check() throws IOException {
    requireHome();
    try (HomeLock _ = Unserved.lock(home, clock)) {
      StoreCheck check = new StoreChecking(home, vault).look().check();
      new StoreMark(home).note(check.getProblemsList());
      return check;
    }
  }

  /// What a repair would do.
  public StoreRepair plan() throws IOException {
    requireHome();
    try (HomeLock _ = Unserved.lock(home, clock);
        var repairing = new Repairing(home, vault, clock)) {
      return repairing.plan().told();
    }
  }

  /// Repairs the store, where something is wrong with it.
  public StoreRepair repair(Actor actor) throws IOException, InterruptedException {
    requireHome();
    try (HomeLock _ = Unserved.lock(home, clock);
        var repairing = new Repairing(home, vault, clock)) {
      return repairing.repair(repairing.plan(), actor);
    }
  }

  private void requireHome() {
    if (!Files.isDirectory(home.root())) {
      throw new BackupFailed(
          "there is no home " + home.root(), "salvor backup restore  (or salvor serve)");
    }
  }
}
