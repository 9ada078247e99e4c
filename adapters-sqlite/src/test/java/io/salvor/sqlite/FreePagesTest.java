package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.journal.HandMade;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store that was large and is not any more is not large on the disk either.
final class FreePagesTest {
  private static final long PAGE = 4_096;

  @TempDir private Path home;

  private Path database() {
    return StoreFiles.in(home).database();
  }

  /// Fills so many pages and empties them again.
  private void waste(long pages) throws SQLException {
    try (Connection raw = TestStores.raw(home)) {
      Connections.execute(raw, "CREATE TABLE waste (body BLOB NOT NULL)");
      Connections.execute(
          raw,
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + pages
              + ") INSERT INTO waste SELECT randomblob(4000) FROM n");
      Connections.execute(raw, "DROP TABLE waste");
      Connections.execute(raw, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private static String pragma(Path file, String name) throws SQLException {
    try (Connection raw = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file)) {
      return Connections.one(raw, "PRAGMA " + name);
    }
  }

  @Test
  void pages_that_are_free_go_back_in_portions_between_which_records_are_appended()
      throws Exception {
    var hand = new HandMade();
    TestStores.open(home).close();
    waste(FreePages.KEPT + 2 * FreePages.PORTION + 10);
    long before = Files.size(database());
    try (var store = TestStores.open(home)) {
      int portions = 0;
      boolean more = true;
      while (more) {
        more = store.freePages().giveBack();
        portions++;
        store.log().appendDurably(List.of(hand.create(HandMade.task(portions))));
      }
      assertThat(portions).isGreaterThanOrEqualTo(3);
      assertThat(store.freePages().giveBack()).isFalse();
    }

    assertThat(before - Files.size(database()))
        .isGreaterThanOrEqualTo(2 * FreePages.PORTION * PAGE);
    assertThat(Long.parseLong(pragma(database(), "freelist_count")))
        .isBetween(FreePages.KEPT - 50, FreePages.KEPT);
    try (var copy = StoreCopy.open(database())) {
      assertThat(copy.examine().problems()).isEmpty();
      assertThat(copy.head().seq()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void a_store_of_an_older_salvor_stays_as_it_is_and_its_copies_can_give_pages_back()
      throws IOException, SQLException {
    Files.createDirectories(database().getParent());
    try (InputStream old =
        Objects.requireNonNull(FreePagesTest.class.getResourceAsStream("store-2.db"))) {
      Files.copy(old, database());
    }
    waste(FreePages.KEPT + 10);
    Path copied = home.resolve("copy.db");
    Path again = home.resolve("again.db");
    try (var store = TestStores.open(home)) {
      assertThat(store.freePages().giveBack()).isFalse();
      store.copyTo(copied);
    }
    try (var copy = StoreCopy.open(copied)) {
      assertThat(copy.examine().problems()).isEmpty();
      copy.copyTo(again);
    }

    assertThat(pragma(database(), "auto_vacuum")).isEqualTo("0");
    assertThat(pragma(copied, "auto_vacuum")).isEqualTo("2");
    assertThat(pragma(again, "auto_vacuum")).isEqualTo("2");
  }
}
