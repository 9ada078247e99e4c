package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Head;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.RandomHistory;
import io.salvor.records.CorruptRecord;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import io.salvor.sqlite.Integrity.ChainReport;
import io.salvor.sqlite.StoreSalvage.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z12, Z13: records of long ago take less space, and are what they were.
final class ArchiveTest {
  private static final int MANY = 100_000;
  private static final int SEGMENT = 64;

  @TempDir private Path home;

  private Path database() {
    return StoreFiles.in(home).database();
  }

  private static List<StoredRecord> all(SqliteStore store) {
    return store.records().page(0, MANY);
  }

  private void sql(String sql) throws Exception {
    try (Connection raw = TestStores.raw(home)) {
      Connections.execute(raw, sql);
    }
  }

  private String one(String sql) throws Exception {
    try (Connection raw = TestStores.raw(home)) {
      return Connections.one(raw, sql);
    }
  }

  /// @return its records
  private List<StoredRecord> archived(int decisions) {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(new RandomHistory(31).next(decisions));
      List<StoredRecord> before = all(store);
      TestStores.archive(store, SEGMENT);
      return before;
    }
  }

  @Test
  void records_are_read_as_before_and_the_file_gets_smaller() throws Exception {
    List<StoredRecord> before;
    long size;
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(new RandomHistory(30).next(3_000));
      before = all(store);
      Path whole = home.resolve("whole.db");
      store.copyTo(whole);
      size = Files.size(whole);
      while (store.archive().pack(TestStores.LATER)) {}
      assertThat(all(store)).isEqualTo(before);
      for (StoredRecord it : before) {
        assertThat(store.records().page(it.seq() - 1, 1)).containsExactly(it);
      }
    }
    long used =
        Long.parseLong(one("PRAGMA page_count")) - Long.parseLong(one("PRAGMA freelist_count"));
    assertThat(used * 4_096).isLessThan(size * 3 / 4);
    assertThat(one("SELECT count(*) FROM records WHERE length(header) > 0"))
        .satisfies(left -> assertThat(Integer.parseInt(left)).isLessThan(128));
    assertThat(one("SELECT count(*) FROM records WHERE length(header) = 0 AND length(body) > 0"))
        .isEqualTo("0");
    try (var copy = StoreCopy.open(database())) {
      assertThat(copy.examine().contents().archived().records()).isGreaterThan(before.size() - 128);
    }
  }

  @Test
  void segments_follow_on_each_other_and_end_with_a_decision() throws Exception {
    List<StoredRecord> before = archived(400);
    var ends = new ArrayList<Long>();
    try (Connection raw = TestStores.raw(home);
        var statement = raw.createStatement();
        var rows =
            statement.executeQuery("SELECT first_seq, last_seq FROM archive ORDER BY first_seq")) {
      while (rows.next()) {
        assertThat(rows.getLong(1)).isEqualTo(ends.isEmpty() ? 1 : ends.getLast() + 1);
        ends.add(rows.getLong(2));
      }
    }
    assertThat(ends).hasSizeGreaterThan(3);
    for (long end : ends) {
      assertThat(RecordCodec.decode(before.get((int) end - 1)).lastOfDecision()).isTrue();
    }
    assertThat(before.size() - ends.getLast()).isLessThan(SEGMENT);
  }

  @Test
  void what_is_younger_or_would_not_fill_a_segment_stays() throws Exception {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(new RandomHistory(32).next(300));
      Instant middle = RecordCodec.decode(all(store).get(SEGMENT * 2)).at();
      Archive archive = store.archive(new Archive.Portion(SEGMENT, Long.MAX_VALUE));
      assertThat(archive.pack(Instant.EPOCH)).isFalse();
      assertThat(store.archive(new Archive.Portion(MANY, Long.MAX_VALUE)).pack(TestStores.LATER))
          .isFalse();
      while (archive.pack(middle)) {}
      assertThat(Long.parseLong(one("SELECT max(last_seq) FROM archive")))
          .isBetween((long) SEGMENT, SEGMENT * 2L);
      assertThat(archive.pack(middle)).isFalse();
      assertThat(store.archive(new Archive.Portion(MANY, 1)).pack(TestStores.LATER)).isTrue();
    }
  }

  /// Z12: an hour in which nothing is old enough costs two rows.
  @Test
  void what_is_next_is_found_by_index() throws Exception {
    TestStores.open(home).close();
    try (Connection raw = TestStores.raw(home)) {
      for (String sql : List.of(Archive.END, Archive.NEXT, RecordReader.SEGMENT)) {
        assertThat(QueriesTest.plan(raw, sql))
            .as(sql)
            .noneMatch(it -> it.contains("TEMP B-TREE") || it.equals("SCAN records"));
      }
    }
  }

  @Test
  void a_record_that_is_not_as_it_was_written_is_not_archived() throws Exception {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(new RandomHistory(33).next(100));
      sql("UPDATE records SET body = CAST(body || x'00' AS BLOB) WHERE seq = 40");
      Archive archive = store.archive(new Archive.Portion(SEGMENT, Long.MAX_VALUE));
      assertThatThrownBy(() -> archive.pack(TestStores.LATER))
          .isInstanceOfSatisfying(CorruptRecord.class, it -> assertThat(it.seq()).isEqualTo(40));
    }
    assertThat(one("SELECT count(*) FROM archive")).isEqualTo("0");
  }

  private void damaged(String change) throws Exception {
    Head end;
    try (var copy = StoreCopy.open(database())) {
      end = copy.head();
      assertThat(copy.examine().contents().archived().records()).isPositive();
    }
    sql(change);
    try (var store = TestStores.open(home)) {
      assertThat(store.integrity().verifyChain(1, end.seq()))
          .as(change)
          .isInstanceOf(ChainReport.Broken.class);
    }
    isFound(change);
  }

  private void isFound(String change) {
    try (var copy = StoreCopy.open(database())) {
      assertThat(copy.examine().problems()).as(change).isNotEmpty();
    }
  }

  @Test
  void a_segment_that_is_damaged_missing_or_of_other_records_is_found_and_named() throws Exception {
    archived(300);
    Path sound = home.resolve("sound.db");
    Files.copy(database(), sound);
    for (String change :
        List.of(
            "UPDATE archive SET records = CAST(substr(records, 1, 900) || x'5a5a'"
                + " || substr(records, 903) AS BLOB) WHERE first_seq = 1",
            "UPDATE archive SET records = CAST(substr(records, 1, length(records) - 3) AS BLOB)",
            "UPDATE archive SET records = x''",
            "UPDATE archive SET records = x'02'",
            "UPDATE archive SET last_seq = last_seq - 1 WHERE first_seq = 1",
            "UPDATE archive SET records = (SELECT records FROM archive WHERE first_seq > 1)"
                + " WHERE first_seq = 1",
            "DELETE FROM archive WHERE first_seq > 1",
            "UPDATE records SET header = x'' WHERE seq = (SELECT max(seq) FROM records)")) {
      Files.copy(sound, database(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      damaged(change);
    }
    sql("DROP TABLE archive");
    isFound("no archive at all");
  }

  @Test
  void of_a_damaged_segment_all_before_the_damage_is_saved_and_the_rest_comes_from_a_copy()
      throws Exception {
    List<StoredRecord> before = archived(300);
    Head head;
    Path older = home.resolve("older.db");
    try (var copy = StoreCopy.open(database())) {
      head = copy.head();
      copy.copyTo(older);
    }
    long second =
        Long.parseLong(one("SELECT first_seq FROM archive ORDER BY first_seq LIMIT 1, 1"));
    sql(
        "UPDATE archive SET records = CAST(substr(records, 1, length(records) / 2) AS BLOB)"
            + " WHERE first_seq = "
            + second);
    var lineage = UUID.fromString(head.lineage());
    var both = List.of(new Remains.File(database()), new Remains.File(older));
    try (var salvage = new StoreSalvage(lineage, both)) {
      StoreSalvage.Outlook found = salvage.outlook();
      assertThat(found.head()).isEqualTo(head);
      assertThat(found.parts()).extracting(Part::source).containsExactly(0, 1, 0);
      assertThat(found.parts().get(1).firstSeq()).isGreaterThan(second);
      assertThat(found.parts().get(1).lastSeq()).isLessThan(second + SEGMENT + 20);
    }
    try (var salvage = new StoreSalvage(lineage, both.subList(0, 1))) {
      assertThat(salvage.outlook().head().seq()).isBetween(second, second + SEGMENT);
    }
    Path fresh = home.resolve("fresh");
    Files.createDirectories(StoreFiles.in(fresh).database().getParent());
    try (var salvage = new StoreSalvage(lineage, both)) {
      salvage.writeTo(StoreFiles.in(fresh), TestStores.CLOCK);
    }
    try (var store = TestStores.open(fresh)) {
      assertThat(all(store)).isEqualTo(before);
      TestStores.archive(store, SEGMENT);
      assertThat(all(store)).isEqualTo(before);
    }
  }

  @Test
  void a_log_that_is_cut_within_a_segment_goes_on_from_there_and_is_archived_again()
      throws Exception {
    List<StoredRecord> before = archived(300);
    long last = Long.parseLong(one("SELECT max(last_seq) FROM archive"));
    long cut = last - SEGMENT * 3 / 2;
    while (!RecordCodec.decode(before.get((int) cut - 1)).lastOfDecision()) {
      cut--;
    }
    new StoreTakeover(
            2, OptionalLong.of(cut), new InstanceFact.Restored("g", cut + 1, last), Actor.SALVOR)
        .take(StoreFiles.in(home), List.of(), TestStores.CLOCK);
    try (var store = TestStores.open(home)) {
      List<StoredRecord> kept = all(store);
      assertThat(kept.subList(0, (int) cut)).isEqualTo(before.subList(0, (int) cut));
      assertThat(kept).hasSize((int) cut + 1);
      assertThat(store.rebuild().check().same()).isTrue();
      TestStores.archive(store, 1);
      assertThat(all(store)).isEqualTo(kept);
      assertThat(store.integrity().verifyChain(1, cut + 1)).isInstanceOf(ChainReport.Intact.class);
    }
    assertThat(one("SELECT max(last_seq) FROM archive")).isEqualTo(Long.toString(cut + 1));
  }

  @Test
  void pages_are_whole_while_the_records_that_they_are_of_are_archived() throws Exception {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(new RandomHistory(34).next(1_500));
      List<StoredRecord> before = all(store);
      Thread archiving =
          Thread.ofPlatform().name("archiving").start(() -> TestStores.archive(store, SEGMENT));
      do {
        assertThat(all(store)).isEqualTo(before);
      } while (archiving.isAlive());
      archiving.join();
      assertThat(all(store)).isEqualTo(before);
    }
    assertThat(one("SELECT count(*) FROM archive")).isNotEqualTo("0");
  }
}
