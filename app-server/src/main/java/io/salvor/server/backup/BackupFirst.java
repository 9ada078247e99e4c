package io.salvor.server.backup;

import io.salvor.domain.backup.Retention;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a backup of a home's store before another takes its place. The home's lock must be held.
final class BackupFirst {
  private static final Logger log = LoggerFactory.getLogger(BackupFirst.class);

  /// None is removed for its sake.
  private static final Retention ALL = new Retention(100_000, 100_000, 100_000);

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

  /// Makes it. A store that is damaged or worse than its backups stays without: it is moved aside
  /// with all that it has.
  ///
  /// @return the new one; empty where none was made
  Optional<String> make() throws IOException, InterruptedException {
    StoreFiles files = StoreFiles.in(home.root());
    if (!Files.exists(files.database()) || Files.size(files.database()) == 0) {
      return Optional.empty();
    }
    var settings = new SqliteStore.Settings(Duration.ofSeconds(5), 2, 0);
    try (var store = SqliteStore.open(files, settings, clock)) {
      var source = new Backups.Source(home, store, secrets, clock, "restore");
      return switch (Backups.of(source, vault, ALL, _ -> {}).create(Occasion.DEMAND)) {
        case Backups.Outcome.Made(var backup) -> Optional.of(backup.getGeneration());
        case Backups.Outcome.Unchanged _ -> Optional.empty();
        case Backups.Outcome.Refused _, Backups.Outcome.Failed _ -> Optional.empty();
      };
    } catch (RuntimeException e) {
      // Damage shows itself in many ways, and the store is moved aside whatever it is.
      log.warn("the store that is there was not backed up first: {}", e.toString());
      return Optional.empty();
    }
  }
}
