package io.salvor.server.backup;

import io.salvor.domain.journal.LogUnavailable;
import io.salvor.server.config.Home;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs up a store of an older version, as it is, before it is opened and thereby upgraded. The
/// home's lock must be held.
public final class UpgradeBackup {
  private static final Logger log = LoggerFactory.getLogger(UpgradeBackup.class);

  private final Home home;
  private final Vault vault;
  private final Making making;
  private final InstantSource clock;

  /// @param vault the home's own
  /// @param version of this program
  public UpgradeBackup(
      Home home, Vault vault, Secrets secrets, String version, InstantSource clock) {
    this.home = home;
    this.vault = vault;
    this.making = new Making(home, secrets, vault, version);
    this.clock = clock;
  }

  /// Makes it, where the store is of an older version and was ever made to its end.
  ///
  /// @return its name; empty where nothing is to be upgraded, or a copy of it was refused and lies
  ///   aside
  /// @throws BackupFailed where no copy could be made; then the store is as it was
  public Optional<String> make() throws IOException, InterruptedException {
    StoreFiles files = StoreFiles.in(home.root());
    if (!Files.exists(files.database()) || Files.size(files.database()) == 0) {
      return Optional.empty();
    }
    try (var store = StoreCopy.open(files)) {
      if (!isOlder(store)) {
        return Optional.empty();
      }
      vault.sweep();
      return switch (making.make(clock.instant(), store::copyTo)) {
        case Making.Result.Published(var backup) -> {
          log.info("backup {} of the store before its upgrade", backup.getGeneration());
          yield Optional.of(backup.getGeneration());
        }
        case Making.Result.Refused(var reason, var detail) -> {
          log.error("the store before its upgrade is kept aside, {}: {}", reason, detail);
          yield Optional.empty();
        }
      };
    } catch (LogUnavailable e) {
      throw new BackupFailed(
          "the store must be upgraded, but cannot be backed up first: " + e.getMessage(),
          e.hint(),
          e);
    }
  }

  /// A store that cannot be asked is left to whoever opens it.
  private static boolean isOlder(StoreCopy store) {
    try {
      return store.isOlder() && !store.isHalfMade();
    } catch (LogUnavailable | StoreRefused | IllegalStateException e) {
      return false;
    }
  }
}
