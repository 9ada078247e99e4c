package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.backup.Head;
import io.salvor.domain.journal.RandomHistory;
import io.salvor.domain.journal.Request;
import io.salvor.sqlite.StoreSalvage.Outlook;
import io.salvor.sqlite.StoreSalvage.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13: of several files, each damaged elsewhere, all is taken that still follows on the beginning.
class StoreSalvageTest {
  @TempDir private Path home;

  /// Whether its records were archived must not make a difference.
  void archive(SqliteStore store) {}

  /// A store, with a copy of it as it was some time before its end.
  private Head filled(int before, int after) {
    try (var store = TestStores.open(home)) {
      var history = new RandomHistory(21);
      store.log().appendDurably(history.next(before));
      archive(store);
      store.copyTo(older());
      store.log().appendDurably(history.next(after));
    }
    return headOf(database());
  }

  private Path database() {
    return StoreFiles.in(home).database();
  }

  private Path older() {
    return home.resolve("older.db");
  }

  private static Head headOf(Path file) {
    try (var copy = StoreCopy.open(file)) {
      return copy.head();
    }
  }

  private static void sql(Path file, String sql) throws Exception {
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      Connections.execute(raw, sql);
    }
  }

  private static List<Remains> remains(Path... files) {
    return Arrays.stream(files).<Remains>map(Remains.File::new).toList();
  }

  private Outlook outlook(Head head, Path... files) {
    try (var salvage = new StoreSalvage(UUID.fromString(head.lineage()), remains(files))) {
      return salvage.outlook();
    }
  }

  @Test
  void a_record_that_one_file_lost_comes_from_another_and_the_rest_is_taken_on() throws Exception {
    Head head = filled(80, 40);
    long bad = headOf(older()).seq() / 2;
    sql(database(), "UPDATE records SET id = zeroblob(32) WHERE seq = " + bad);
    Outlook found = outlook(head, database(), older());
    assertThat(found.head()).isEqualTo(head);
    assertThat(found.lastKnown()).isEqualTo(head.seq());
    assertThat(found.parts())
        .containsExactly(
            new Part(0, 1, bad - 1), new Part(1, bad, bad), new Part(0, bad + 1, head.seq()));

    Path fresh = home.resolve("fresh");
    Files.createDirectories(StoreFiles.in(fresh).database().getParent());
    try (var salvage =
        new StoreSalvage(UUID.fromString(head.lineage()), remains(database(), older()))) {
      salvage.writeTo(StoreFiles.in(fresh), TestStores.CLOCK);
    }
    try (var store = TestStores.open(fresh)) {
      assertThat(store.rebuild().check().same()).isTrue();
      assertThat(store.integrity().verifyChain(1, head.seq()))
          .isInstanceOf(Integrity.ChainReport.Intact.class);
      assertThat(store.identity().lineage().toString()).isEqualTo(head.lineage());
    }
    assertThat(headOf(StoreFiles.in(fresh).database()).id()).isEqualTo(head.id());
  }

  @Test
  void what_comes_after_a_record_that_nobody_has_is_not_taken_and_is_known_to_be_lost()
      throws Exception {
    Head head = filled(60, 60);
    long bad = headOf(older()).seq() + 5;
    sql(database(), "DELETE FROM records WHERE seq = " + bad);
    Outlook found = outlook(head, database(), older());
    assertThat(found.head().seq()).isLessThan(bad);
    assertThat(found.lastKnown()).isEqualTo(head.seq());
  }

  @Test
  void a_log_ends_with_a_whole_decision() throws Exception {
    Head head = filled(60, 60);
    sql(database(), "DELETE FROM records WHERE seq > " + (head.seq() - 7));
    Outlook found = outlook(head, database());
    try (var copy = StoreCopy.open(database())) {
      assertThat(
              copy.lastBefore(new io.salvor.domain.backup.RestorePlan.Cut.AfterSeq(head.seq() - 7)))
          .hasValue(found.head().seq());
    }
  }

  @Test
  void a_file_that_is_none_or_another_store_gives_nothing() throws Exception {
    Head head = filled(30, 30);
    Path junk = Files.writeString(home.resolve("junk"), "no database at all".repeat(500));
    Path other = home.resolve("other");
    try (var store = TestStores.open(other)) {
      store.log().appendDurably(new RandomHistory(22).next(300));
    }
    Outlook found = outlook(head, junk, StoreFiles.in(other).database(), database());
    assertThat(found.head()).isEqualTo(head);
    assertThat(found.parts()).containsExactly(new Part(2, 1, head.seq()));
    assertThat(outlook(head, junk).head().seq()).isZero();
  }

  /// A clock that was ahead for a while makes a request forgotten before its time.
  @Test
  void a_log_in_which_a_request_was_carried_out_twice_within_a_day_is_saved() throws Exception {
    Request twice;
    try (var store = TestStores.open(home)) {
      twice = TestStores.carryOutTwice(store.log());
      archive(store);
    }
    Path fresh = saved(headOf(database()).lineage());
    try (var store = TestStores.open(fresh)) {
      assertThat(store.log().restore().lastSeq()).isEqualTo(3);
      assertThat(store.log().find(twice).orElseThrow().seq()).isEqualTo(3);
    }
  }

  private Path saved(String lineage) throws Exception {
    Path fresh = home.resolve("fresh");
    Files.createDirectories(StoreFiles.in(fresh).database().getParent());
    try (var salvage = new StoreSalvage(UUID.fromString(lineage), remains(database()))) {
      salvage.writeTo(StoreFiles.in(fresh), TestStores.CLOCK);
    }
    return fresh;
  }
}
