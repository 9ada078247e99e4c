package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.journal.HandMade;
import io.salvor.domain.journal.LogUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqliteStoreTest {
  @TempDir private Path home;

  @Test
  void a_store_keeps_its_identity() {
    var identity = closed().identity();
    assertThat(closed().identity()).isEqualTo(identity);
    assertThat(identity.epoch()).isEqualTo(1);
  }

  @Test
  void a_closed_store_is_one_file() {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(List.of(new HandMade().create(HandMade.task(1))));
      assertThat(database().resolveSibling("salvor.db-wal")).exists();
    }
    assertThat(database().resolveSibling("salvor.db-wal")).doesNotExist();
    assertThat(database().resolveSibling("salvor.db-shm")).doesNotExist();
  }

  /// Z14.
  @Test
  void a_newer_store_is_refused_before_anything_is_written() throws Exception {
    closed();
    try (Connection raw = TestStores.raw(home)) {
      Connections.execute(raw, "PRAGMA user_version = " + (Schema.VERSION + 1));
    }
    byte[] before = Files.readAllBytes(database());

    assertThatThrownBy(() -> TestStores.open(home))
        .isInstanceOfSatisfying(
            StoreRefused.class,
            it -> {
              assertThat(it.reason()).isEqualTo(StoreRefused.Reason.NEWER_STORE);
              assertThat(it.hint()).isNotBlank();
            });
    assertThat(database()).hasBinaryContent(before);
  }

  @Test
  void a_newer_version_that_is_still_in_the_write_ahead_log_is_seen() throws Exception {
    closed();
    try (Connection raw = TestStores.raw(home)) {
      Connections.execute(raw, "PRAGMA wal_autocheckpoint = 0");
      Connections.execute(raw, "PRAGMA user_version = " + (Schema.VERSION + 1));
      byte[] before = Files.readAllBytes(database());

      assertThatThrownBy(() -> TestStores.open(home)).isInstanceOf(StoreRefused.class);
      assertThat(database()).hasBinaryContent(before);
    }
  }

  @Test
  void a_database_of_something_else_is_refused() throws Exception {
    Files.createDirectories(database().getParent());
    try (Connection raw = TestStores.raw(home)) {
      Connections.execute(raw, "CREATE TABLE invoices (id INTEGER)");
    }
    assertThatThrownBy(() -> TestStores.open(home))
        .isInstanceOfSatisfying(
            StoreRefused.class,
            it -> assertThat(it.reason()).isEqualTo(StoreRefused.Reason.FOREIGN_FILE));
  }

  @Test
  void a_file_that_is_no_database_is_reported_and_left_alone() throws Exception {
    Files.createDirectories(database().getParent());
    Files.writeString(database(), "not a database, ".repeat(600));
    assertThatThrownBy(() -> TestStores.open(home))
        .isInstanceOfSatisfying(
            LogUnavailable.class,
            it -> assertThat(it.kind()).isEqualTo(LogUnavailable.Kind.CORRUPT));
    assertThat(database()).hasContent("not a database, ".repeat(600));
  }

  /// Z14: the file is there, but the first migration never ended.
  @Test
  void a_store_whose_making_was_interrupted_is_made() throws Exception {
    Files.createDirectories(database().getParent());
    Files.createFile(database());
    try (var store = TestStores.open(home)) {
      assertThat(store.log().restore().lastSeq()).isZero();
    }
  }

  @Test
  void what_a_commit_promises_is_asked_back() throws Exception {
    closed();
    var connections = new Connections(database(), TestStores.SETTINGS.busyTimeout());
    try (Connection writer = connections.writer()) {
      assertThat(Connections.one(writer, "PRAGMA synchronous")).isEqualTo("2");
      assertThat(Connections.one(writer, "PRAGMA journal_mode")).isEqualTo("wal");
    }
  }

  @Test
  void a_reader_cannot_write() throws Exception {
    closed();
    var connections = new Connections(database(), TestStores.SETTINGS.busyTimeout());
    try (Connection reader = connections.reader()) {
      assertThatThrownBy(() -> Connections.execute(reader, "DELETE FROM records"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("readonly");
    }
  }

  @ParameterizedTest
  @CsvSource({"3.51.2,true", "3.40.1,true", "3.51.3,false", "3.54.1,false", "4.0,false"})
  void a_sqlite_that_may_corrupt_a_store_is_refused(String version, boolean refused) {
    if (refused) {
      assertThatThrownBy(() -> Connections.refuseOldSqlite(version))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining(version);
    } else {
      Connections.refuseOldSqlite(version);
    }
  }

  /// Z18.
  @Test
  void nobody_else_may_look_into_a_home() throws Exception {
    Path fresh = home.resolve("a/home");
    TestStores.open(fresh).close();
    for (Path directory : List.of(fresh, StoreFiles.in(fresh).database().getParent())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void what_killed_servers_unpacked_is_swept() throws Exception {
    Path temporary = StoreFiles.in(home).temporary();
    Files.createDirectories(temporary);
    Path leftover = Files.createFile(temporary.resolve("sqlite-3.46.0-abc-libsqlitejdbc.so"));
    Path other = Files.createFile(temporary.resolve("other"));
    closed();
    assertThat(leftover).doesNotExist();
    assertThat(other).exists();
    assertThat(System.getProperty("org.sqlite.tmpdir")).isEqualTo(temporary.toString());
  }

  private SqliteStore closed() {
    var store = TestStores.open(home);
    store.close();
    return store;
  }

  private Path database() {
    return StoreFiles.in(home).database();
  }
}
