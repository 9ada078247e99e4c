package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.backup.Retention;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.HandMade;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Z14: a home whose very first start was cut short, after each step of making its store.
final class InterruptedMakingTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));

  @TempDir private Path directory;
  private Home home = new Home(Path.of("/"));

  /// What was done last.
  enum Step {
    WRITE_AHEAD_LOG_SET,
    BEING_MIGRATED_TO_1,
    MIGRATED_TO_1,
    MIGRATED_TO_2,
    MIGRATED_TO_3,
    MIGRATED_WITHOUT_IDENTITY
  }

  @BeforeEach
  void home() throws Exception {
    home = new Home(directory.resolve("home"));
    home.create();
  }

  private Vault vault() {
    return new BackupPlaces(directory.resolve("backups")).of(home);
  }

  private StoreGuard guard() {
    return new StoreGuard(home, vault());
  }

  private Path database() {
    return StoreFiles.in(home.root()).database();
  }

  private SqliteStore open() {
    return SqliteStore.open(
        StoreFiles.in(home.root()), new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0), CLOCK);
  }

  private Secrets secrets() {
    return Secrets.of(home, Optional.empty(), Map.of());
  }

  private Connection raw() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database());
  }

  private void cutShortAfter(Step step) throws Exception {
    if (step.compareTo(Step.BEING_MIGRATED_TO_1) <= 0) {
      Files.createDirectories(database().getParent());
      try (Connection raw = raw();
          var statement = raw.createStatement()) {
        statement.execute("PRAGMA auto_vacuum = 2");
        statement.execute("PRAGMA journal_mode = WAL");
        if (step == Step.BEING_MIGRATED_TO_1) {
          // The connection ends with the transaction open, as that of a server that is killed.
          statement.execute("BEGIN IMMEDIATE");
          statement.execute("CREATE TABLE meta (key TEXT)");
        }
      }
      return;
    }
    open().close();
    try (Connection raw = raw();
        var statement = raw.createStatement()) {
      statement.executeUpdate("DELETE FROM meta");
      if (step.compareTo(Step.MIGRATED_TO_3) <= 0) {
        statement.executeUpdate("DROP TABLE archive");
        statement.executeUpdate("PRAGMA user_version = 3");
      }
      if (step.compareTo(Step.MIGRATED_TO_2) <= 0) {
        statement.executeUpdate("DROP INDEX interventions");
        statement.executeUpdate("PRAGMA user_version = 2");
      }
      if (step.compareTo(Step.MIGRATED_TO_1) <= 0) {
        statement.executeUpdate("DROP TABLE spending");
        statement.executeUpdate("PRAGMA user_version = 1");
      }
    }
  }

  /// As [io.salvor.server.wiring.Server] does it.
  private void start() throws Exception {
    assertThat(guard().objection()).isEmpty();
    assertThat(new UpgradeBackup(home, vault(), secrets(), "test", CLOCK).make()).isEmpty();
    try (var store = open()) {
      guard().settle(store.identity(), false);
      assertThat(store.log().restore().lastSeq()).isZero();
      assertThat(store.examine().problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_next_start_makes_the_store(Step step) throws Exception {
    cutShortAfter(step);
    start();
    assertThat(guard().objection()).isEmpty();
    assertThat(vault().backups()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_look_at_it_finds_no_damage_and_does_not_hinder_the_next_start(Step step) throws Exception {
    cutShortAfter(step);
    assertThat(new OfflineStore(home, vault(), CLOCK).check().getSound()).isTrue();
    start();
  }

  @ParameterizedTest
  @EnumSource
  void where_the_home_is_known_to_have_had_a_store_it_is_damage(Step step) throws Exception {
    cutShortAfter(step);
    new Identity("0190-some-store", 1).write(home);
    assertThat(guard().objection())
        .hasValueSatisfying(it -> assertThat(it.hint()).contains(StoreMark.REPAIR));
    assertThat(new OfflineStore(home, vault(), CLOCK).check().getSound()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void where_there_is_a_backup_it_is_damage(Step step) throws Exception {
    try (var store = open()) {
      var frozen = new InstanceFact.Frozen(Freeze.Level.SOFT, "x");
      store.log().appendDurably(List.of(new HandMade().decide(Optional.empty(), frozen)));
      var source = new Backups.Source(home, store, secrets(), CLOCK, "test");
      Backups.of(source, vault(), Retention.USUAL, _ -> {}).create(Occasion.SCHEDULE);
    }
    assertThat(vault().backups()).hasSize(1);
    Disk.remove(Disk.parent(database()));
    cutShortAfter(step);
    assertThat(guard().objection())
        .hasValueSatisfying(it -> assertThat(it.hint()).contains(StoreMark.REPAIR));
  }

  @Test
  void a_store_that_lost_its_name_and_not_its_records_is_damaged() throws Exception {
    try (var store = open()) {
      var frozen = new InstanceFact.Frozen(Freeze.Level.SOFT, "x");
      store.log().appendDurably(List.of(new HandMade().decide(Optional.empty(), frozen)));
    }
    try (Connection raw = raw();
        var statement = raw.createStatement()) {
      statement.executeUpdate("DELETE FROM meta");
    }
    assertThat(guard().objection()).isPresent();
  }

  /// Before the write-ahead log, SQLite has another journal for a moment.
  @Test
  void what_was_written_before_the_write_ahead_log_was_set_is_taken_back() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere")).resolve("salvor.db");
    Files.createDirectories(database().getParent());
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + elsewhere);
        var statement = raw.createStatement()) {
      statement.execute("PRAGMA cache_size = 1");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("CREATE TABLE meta (key TEXT)");
      statement.execute("INSERT INTO meta VALUES (hex(randomblob(100000)))");
      Path journal = elsewhere.resolveSibling("salvor.db-journal");
      assertThat(Files.size(elsewhere)).isPositive();
      Files.copy(elsewhere, database());
      Files.copy(journal, database().resolveSibling("salvor.db-journal"));
    }
    assertThat(new OfflineStore(home, vault(), CLOCK).check().getSound()).isTrue();
    start();
  }
}
