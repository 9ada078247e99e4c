package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.backup.Head;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Z14: stores that servers of earlier versions wrote, one of each: `store-1.db` and so on.
final class UpgradeTest {
  @TempDir private Path home;

  static IntStream versions() {
    return IntStream.rangeClosed(1, Schema.VERSION);
  }

  private Path fixture(int version) throws IOException {
    Path database = StoreFiles.in(home).database();
    Files.createDirectories(database.getParent());
    try (InputStream in =
        Objects.requireNonNull(
            UpgradeTest.class.getResourceAsStream("store-" + version + ".db"),
            "there is no store of version " + version + "; add one that a server wrote")) {
      Files.copy(in, database);
    }
    return database;
  }

  private static Head headOf(Path database) {
    try (var copy = StoreCopy.open(database)) {
      return copy.head();
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void a_store_of_every_version_is_sound_and_stays_so_when_it_is_brought_up_to_date(int version)
      throws Exception {
    Path database = fixture(version);
    String state;
    try (var copy = StoreCopy.open(database)) {
      assertThat(copy.schema()).isEqualTo(version);
      assertThat(copy.examine().problems()).isEmpty();
      state = copy.examine().stateHash();
    }
    Head before = headOf(database);
    for (int again = 0; again < 2; again++) {
      try (var store = TestStores.open(home)) {
        assertThat(store.rebuild().check().same()).isTrue();
        assertThat(store.identity().lineage().toString()).isEqualTo(before.lineage());
      }
      assertThat(headOf(database)).isEqualTo(before);
    }
    try (var copy = StoreCopy.open(database)) {
      assertThat(copy.schema()).isEqualTo(Schema.VERSION);
      assertThat(copy.examine().problems()).isEmpty();
      // Of tables of an older version there is no state to compare with.
      assertThat(state).isIn("", copy.examine().stateHash());
    }
  }

  @Test
  void an_upgrade_that_was_cut_short_leaves_the_old_store_and_is_done_by_the_next_start()
      throws Exception {
    Path database = fixture(1);
    Head before = headOf(database);
    try (Connection raw = TestStores.raw(home)) {
      Connections.execute(raw, "PRAGMA journal_mode = WAL");
      Connections.execute(raw, "BEGIN IMMEDIATE");
      Connections.execute(raw, "CREATE TABLE spending (day INTEGER)");
      // The connection ends with the transaction open, as that of a server that is killed.
    }
    try (var copy = StoreCopy.open(database)) {
      assertThat(copy.schema()).isEqualTo(1);
    }
    TestStores.open(home).close();
    assertThat(headOf(database)).isEqualTo(before);
  }
}
