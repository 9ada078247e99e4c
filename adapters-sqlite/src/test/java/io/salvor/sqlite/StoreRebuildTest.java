package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.journal.RandomHistory;
import io.salvor.domain.spending.Spending;
import io.salvor.records.TaskRow;
import io.salvor.sqlite.Integrity.ChainReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreRebuildTest {
  @TempDir private Path home;

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void a_projection_made_anew_is_the_one_that_was(long seed) throws Exception {
    var history = new RandomHistory(seed);
    try (var store = TestStores.open(home)) {
      for (int i = 1; i <= 40; i++) {
        store.log().appendDurably(history.next(i % 9 + 1));
      }
      archive(store);
      List<TaskRow> before = listed(store);
      assertThat(before).isEqualTo(folded(history));
      assertThat(store.rebuild().check().same()).isTrue();
      sql("DELETE FROM tasks");

      RebuildReport report = store.rebuild().rebuild();

      assertThat(report.same()).isFalse();
      assertThat(listed(store)).isEqualTo(before);
      assertThat(store.rebuild().check().same()).isTrue();
    }
  }

  /// Whether its records were archived must not make a difference.
  void archive(SqliteStore store) {}

  @Test
  void a_row_that_is_wrong_missing_or_too_much_is_named_and_mended() throws Exception {
    var history = new RandomHistory(24);
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(history.next(200));
      archive(store);
      sql("UPDATE tasks SET tokens = tokens + 1 WHERE number = 2");
      sql("DELETE FROM tasks WHERE number = 3");
      sql(
          "INSERT INTO tasks SELECT 9999, x'00000000000000000000000000000001', title, project, agent,"
              + " state, closed, since, revision, created_at, updated_at, cost_micro_usd, tokens,"
              + " attempts, snapshot FROM tasks WHERE number = 4");

      RebuildReport check = store.rebuild().check();

      assertThat(check.same()).isFalse();
      assertThat(check.foldedHash()).isNotEqualTo(check.listedHash());
      assertThat(check.different()).hasSize(3);
      assertThat(store.rebuild().rebuild()).isEqualTo(check);
      assertThat(listed(store)).isEqualTo(folded(history));
    }
  }

  @Test
  void what_was_used_by_day_is_compared_and_mended_Z22() throws Exception {
    var history = new RandomHistory(26);
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(history.next(300));
      archive(store);
      Spending before = store.log().restore().spending();
      assertThat(before.days()).isNotEmpty();
      sql("UPDATE spending SET tokens = tokens + 1");

      assertThat(store.rebuild().check().same()).isFalse();
      assertThat(store.rebuild().rebuild().same()).isFalse();

      assertThat(store.rebuild().check().same()).isTrue();
      assertThat(store.log().restore().spending()).isEqualTo(before);
    }
  }

  @Test
  void rows_of_an_older_version_are_made_anew_when_the_store_opens() throws Exception {
    var history = new RandomHistory(25);
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(history.next(100));
      archive(store);
    }
    sql("UPDATE meta SET value = '0' WHERE key = 'projection_version'");
    sql("UPDATE tasks SET title = 'as it was shown once'");
    try (var store = TestStores.open(home)) {
      assertThat(listed(store)).isEqualTo(folded(history));
    }
  }

  @Test
  void a_chain_is_followed_from_anywhere_to_anywhere() throws Exception {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(new RandomHistory(26).next(1_200));
      long last = store.records().lastSeq();
      assertThat(last).isGreaterThan(1_000);

      assertThat(store.integrity().verifyChain(1, last))
          .isInstanceOfSatisfying(
              ChainReport.Intact.class, it -> assertThat(it.records()).isEqualTo(last));
      assertThat(store.integrity().verifyChain(700, 900))
          .isInstanceOfSatisfying(
              ChainReport.Intact.class, it -> assertThat(it.records()).isEqualTo(201));
      assertThat(store.integrity().verifyChain(1, last + 1))
          .isEqualTo(new ChainReport.Broken(last + 1, "the log ends before it"));

      sql("UPDATE records SET body = CAST(body || x'00' AS BLOB) WHERE seq = 800");
      assertThat(store.integrity().verifyChain(1, last))
          .isInstanceOfSatisfying(
              ChainReport.Broken.class, it -> assertThat(it.seq()).isEqualTo(800));
      assertThat(store.integrity().verifyChain(801, last)).isInstanceOf(ChainReport.Intact.class);
      assertThat(store.integrity().fileProblems()).isEmpty();
    }
  }

  private void sql(String sql) throws Exception {
    try (Connection raw = TestStores.raw(home)) {
      Connections.execute(raw, sql);
    }
  }

  private static List<TaskRow> listed(SqliteStore store) {
    return store
        .tasks()
        .page(TaskCondition.ALWAYS, TaskCursor.first(TaskOrder.OLDEST_FIRST, 10_000))
        .rows();
  }

  private static List<TaskRow> folded(RandomHistory history) {
    return history.threads().stream()
        .map(TaskRow::of)
        .sorted(Comparator.comparing(TaskRow::display))
        .toList();
  }
}
