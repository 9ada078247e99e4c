package io.salvor.server.backup;

import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a backup of a home's store before another takes its place, as it is: one of an older
/// version stays so. The home's lock must be held.
final class BackupFirst {
  private static final Logger log = LoggerFactory.getLogger(BackupFirst.class);

  private static final String VERSION = "restore";

  private final Home home;
  private final Vault vault;
  private final Secrets secrets;
  private final InstantSource clock;

  /// @param vault the home's own
  BackupFirst(Home home, Vault vault, Secrets secrets, InstantSource clock) {
    this.home = home;
    this.vault = vault;
    this.secrets = secrets;
    this.clock = clock;
  }

  /// Makes it, and removes none for its sake: an old one may be what is about to be restored. A
  /// store that is damaged or worse than its backups stays without: it is moved aside with all that
  /// it has.
  ///
  /// @return the new one; empty where none was made
  Optional<String> make() throws InterruptedException {
    try {
      StoreFiles files = StoreFiles.in(home.root());
      return Files.exists(files.database()) && Files.size(files.database()) > 0
          ? make(files)
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Damage shows itself in many ways, and the store is moved aside whatever it is.
      log.warn("the store that is there was not backed up first: {}", e.toString());
      return Optional.empty();
    }
  }

  private Optional<String> make(StoreFiles files) throws IOException, InterruptedException {
    try (var store = StoreCopy.open(files)) {
      boolean _ = store.isOlder(); // asks first whether it is ours to read
      vault.sweep();
      var news = new News(store.head(), seq -> SqliteStore.hasNewsSince(files, seq), vault);
      if (news.none().isPresent()) {
        return Optional.empty();
      }
      var making = new Making(home, secrets, vault, VERSION);
      return switch (making.make(clock.instant(), store::copyTo)) {
        case Making.Result.Published(var backup) -> Optional.of(backup.getGeneration());
        case Making.Result.Refused(var reason, var detail) -> {
          log.warn("no backup of the store that is there, {}: {}", reason, detail);
          yield Optional.empty();
        }
      };
    }
  }
}
