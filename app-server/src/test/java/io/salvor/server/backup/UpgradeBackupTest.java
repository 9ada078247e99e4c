package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.RestorePlan.Target;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.HandMade;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.Backup;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z14: a store of an older version is backed up as it is, before anything in it changes.
final class UpgradeBackupTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));

  @TempDir private Path directory;

  private SqliteStore open(Home home) {
    var settings = new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0);
    return SqliteStore.open(StoreFiles.in(home.root()), settings, CLOCK);
  }

  private Optional<String> upgrade(Home home, Vault vault) throws Exception {
    var secrets = Secrets.of(home, Optional.empty(), Map.of());
    return new UpgradeBackup(home, vault, secrets, "test", CLOCK).make();
  }

  private void fill(Home home) {
    var hand = new HandMade();
    try (var store = open(home)) {
      for (int i = 0; i < 4; i++) {
        var fact = new InstanceFact.Frozen(Freeze.Level.SOFT, "x");
        store.log().appendDurably(List.of(hand.decide(Optional.empty(), fact)));
      }
    }
  }

  private static void makeOlder(Home home) throws SQLException {
    String file = "jdbc:sqlite:" + StoreFiles.in(home.root()).database();
    try (var raw = DriverManager.getConnection(file);
        var statement = raw.createStatement()) {
      statement.executeUpdate("DROP TABLE spending");
      statement.executeUpdate("DROP INDEX interventions");
      statement.executeUpdate("DROP TABLE archive");
      statement.executeUpdate("PRAGMA user_version = 1");
    }
  }

  @Test
  void before_a_restore_an_older_store_is_backed_up_and_stays_as_it_is() throws Exception {
    Home home = new Home(directory.resolve("home"));
    home.create();
    Vault vault = new BackupPlaces(directory.resolve("backups")).of(home);
    fill(home);
    makeOlder(home);
    var secrets = Secrets.of(home, Optional.empty(), Map.of());
    var first = new BackupFirst(home, vault, secrets, CLOCK);

    String made = first.make().orElseThrow();

    assertThat(vault.backup(made).orElseThrow().getStoreVersion()).isEqualTo(1);
    try (var store = StoreCopy.open(StoreFiles.in(home.root()))) {
      assertThat(store.isOlder()).isTrue();
    }
    assertThat(first.make()).isEmpty();
  }

  @Test
  void it_is_verified_and_restored_by_the_newer_program() throws Exception {
    Home home = new Home(directory.resolve("home"));
    home.create();
    Vault vault = new BackupPlaces(directory.resolve("backups")).of(home);
    assertThat(upgrade(home, vault)).isEmpty();
    fill(home);
    assertThat(upgrade(home, vault)).isEmpty();
    makeOlder(home);

    String made = upgrade(home, vault).orElseThrow();

    Backup backup = vault.backup(made).orElseThrow();
    assertThat(backup.getStoreVersion()).isEqualTo(1);
    assertThat(backup.getLastSeq()).isEqualTo(4);
    assertThat(BackupLists.problems(vault, backup)).isEmpty();
    try (var store = StoreCopy.open(StoreFiles.in(home.root()))) {
      assertThat(store.isOlder()).isTrue();
    }
    Home other = new Home(directory.resolve("other"));
    other.create();
    var restoring = new Restoring(other, vault, CLOCK);
    restoring.restore(restoring.plan(new Target.Latest()), Actor.SALVOR, Optional.empty());
    try (var copy = StoreCopy.open(StoreFiles.in(other.root()))) {
      assertThat(copy.examine().problems()).isEmpty();
      assertThat(copy.isOlder()).isFalse();
    }
  }
}
