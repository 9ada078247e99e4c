package io.salvor.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.salvor.domain.journal.HandMade;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.server.backup.BackupPlaces;
import io.salvor.server.backup.StoreChecking;
import io.salvor.server.backup.StoreGuard;
import io.salvor.server.backup.StoreMark;
import io.salvor.server.backup.Vault;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13: a server finds out by itself that its store is damaged, and says so until it is mended.
final class StoreWatchTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path directory;

  private Home home() {
    return new Home(directory.resolve("home"));
  }

  private SqliteStore running() throws IOException {
    home().create();
    var store =
        SqliteStore.open(
            StoreFiles.in(home().root()),
            new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0),
            () -> NOW);
    var hand = new HandMade();
    store
        .log()
        .appendDurably(List.of(hand.create(HandMade.task(1)), hand.create(HandMade.task(2))));
    return store;
  }

  private Vault vault() {
    return new BackupPlaces(directory.resolve("backups")).of(home());
  }

  private StoreWatch watch(SqliteStore store) {
    return new StoreWatch(
        store, new StoreChecking(home(), vault()), new StoreMark(home()), Optional.empty());
  }

  private void sql(String sql) throws Exception {
    try (var raw =
            DriverManager.getConnection("jdbc:sqlite:" + StoreFiles.in(home().root()).database());
        var statement = raw.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void a_sound_store_is_said_to_be_sound() throws IOException {
    try (var store = running()) {
      var watch = watch(store);
      assertThat(watch.look().getSound()).isTrue();
      assertThat(watch.damage()).isEmpty();
      assertThat(watch.remark()).isEmpty();
    }
  }

  @Test
  void a_changed_record_is_found_and_no_server_starts_on_it_before_it_is_mended() throws Exception {
    try (var store = running()) {
      var watch = watch(store);
      sql("UPDATE records SET body = x'00' WHERE seq = 1");
      assertThat(watch.look().getSound()).isFalse();
      assertThat(watch.damage())
          .hasValueSatisfying(it -> assertThat(it).contains("record 1", "salvor store repair"));
      assertThat(new StoreGuard(home(), vault()).objection())
          .hasValueSatisfying(it -> assertThat(it.hint()).isEqualTo("salvor store repair"));
      assertThat(new StoreMark(home()).problems()).isNotEmpty();
    }
  }

  @Test
  void a_list_that_differs_from_the_log_is_made_anew_by_itself() throws Exception {
    try (var store = running()) {
      var watch = watch(store);
      sql("UPDATE tasks SET state = 'FAILED', closed = 1 WHERE number = 2");
      assertThat(watch.look().getSound()).isTrue();
      assertThat(store.rebuild().check().same()).isTrue();
      assertThat(watch.damage()).isEmpty();
      assertThat(watch.remark())
          .hasValueSatisfying(it -> assertThat(it).contains("salvor restart"));
    }
  }

  @Test
  void a_store_that_cannot_be_opened_for_now_is_not_marked_as_damaged() throws Exception {
    try (var store = running()) {
      var watch = watch(store);
      Path database = StoreFiles.in(home().root()).database();
      Path away = Files.move(database, directory.resolve("away"));
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(watch::look).isInstanceOf(LogUnavailable.class);
      }
      assertThat(watch.damage()).isEmpty();
      assertThat(watch.remark())
          .hasValueSatisfying(it -> assertThat(it).contains("could not be checked"));
      assertThat(new StoreMark(home()).problems()).isEmpty();
      Files.move(away, database);
      assertThat(watch.look().getSound()).isTrue();
      assertThat(watch.remark()).isEmpty();
    }
  }

  @Test
  void what_kept_it_from_looking_is_not_waited_out_until_the_next_round() throws Exception {
    try (var store = running()) {
      Path database = StoreFiles.in(home().root()).database();
      Path away = Files.move(database, directory.resolve("away"));
      var watch =
          new StoreWatch(
              store,
              new StoreChecking(home(), vault()),
              new StoreMark(home()),
              Duration.ofDays(30),
              Duration.ofMillis(5));
      watch.start();
      await().atMost(Duration.ofMinutes(2)).until(() -> watch.remark().isPresent());
      Files.move(away, database);
      await().atMost(Duration.ofMinutes(2)).until(() -> watch.remark().isEmpty());
      watch.stop();
      assertThat(new StoreMark(home()).problems()).isEmpty();
    }
  }

  @Test
  void a_disk_that_does_not_give_the_store_at_two_looks_in_a_row_has_damaged_it() throws Exception {
    try (var store = running()) {
      var watch = watch(store);
      Path database = StoreFiles.in(home().root()).database();
      Path away = Files.move(database, directory.resolve("away"));
      Files.createDirectory(database); // opened like a file, and not read
      assertThatThrownBy(watch::look).isInstanceOf(LogUnavailable.class);
      assertThat(watch.damage()).isEmpty();
      assertThat(new StoreMark(home()).problems()).isEmpty();
      assertThat(watch.look().getSound()).isFalse();
      assertThat(watch.damage()).isPresent();
      assertThat(new StoreMark(home()).problems()).isNotEmpty();
      Files.delete(database);
      Files.move(away, database);
      assertThat(watch.look().getSound()).isTrue();
      assertThat(new StoreMark(home()).problems()).isEmpty();
    }
  }
}
