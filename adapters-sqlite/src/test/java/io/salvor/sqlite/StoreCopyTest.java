package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Head;
import io.salvor.domain.backup.RestorePlan.Cut;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.HandMade;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.journal.RandomHistory;
import io.salvor.records.RecordCodec;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;

/// Z13: a copy is what the store was at one moment, and damage to it is seen.
class StoreCopyTest {
  @TempDir private Path home;

  /// Whether its records were archived must not make a difference.
  void archive(SqliteStore store) {}

  private Path copy() {
    return home.resolve("copy.db");
  }

  private void filled(long seed, int decisions) throws Exception {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(new RandomHistory(seed).next(decisions));
      archive(store);
      store.copyTo(copy());
    }
    trueTexts();
  }

  /// Histories at random name their texts by hashes that are none.
  private void trueTexts() throws Exception {
    sql(copy(), "DELETE FROM documents");
    sql(
        copy(),
        "INSERT INTO documents VALUES"
            + " ('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', 'hello')");
  }

  private void sql(Path file, String sql) throws Exception {
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      Connections.execute(raw, sql);
    }
  }

  @Test
  void a_copy_made_under_writes_is_whole_and_says_where_it_ends() throws Exception {
    var history = new RandomHistory(7);
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(history.next(200));
      archive(store);
      long before = store.records().lastSeq();
      var stop = new AtomicBoolean();
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                while (!stop.get()) {
                  store.log().appendDurably(history.next(3));
                }
              });
      store.copyTo(copy());
      stop.set(true);
      writer.join();
      trueTexts();
      try (var copy = StoreCopy.open(copy())) {
        StoreCopy.Report report = copy.examine();
        Head head = report.contents().head();
        assertThat(report.problems()).isEmpty();
        assertThat(head).isEqualTo(copy.head());
        assertThat(head.seq()).isBetween(before, store.records().lastSeq());
        assertThat(head.lineage()).isEqualTo(store.identity().lineage().toString());
        assertThat(report.stateHash()).isEqualTo(copy.examine().stateHash()).hasSize(64);
        assertThat(copy.idAt(head.seq())).contains(head.id());
        assertThat(copy.idAt(head.seq() + 1)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE records SET body = CAST(body || x'00' AS BLOB) WHERE seq = 50",
        "UPDATE records SET at = at, id = zeroblob(32) WHERE seq = (SELECT max(seq) FROM records)",
        "DELETE FROM records WHERE seq = 60",
        "DELETE FROM records WHERE seq = 1",
        "UPDATE tasks SET title = 'another' WHERE number = 2",
        "DELETE FROM tasks WHERE number = 3",
        "UPDATE records SET actor = 'user:eve' WHERE seq = 5",
        "UPDATE records SET at = at + 1 WHERE seq = 5",
        "UPDATE documents SET text = text || 'x'",
        "DELETE FROM meta",
        "DROP TABLE tasks",
        "PRAGMA application_id = 1",
        "PRAGMA user_version = 99"
      })
  void a_copy_that_was_changed_is_not_verified(String change) throws Exception {
    filled(8, 200);
    sql(copy(), change);
    try (var copy = StoreCopy.open(copy())) {
      assertThat(copy.examine().problems()).isNotEmpty();
    }
  }

  /// Only what was read says anything of what was written.
  @Test
  void a_copy_that_cannot_be_looked_at_for_now_is_not_called_damaged() throws Exception {
    filled(8, 20);
    Path away = Files.move(copy(), home.resolve("away"));
    try (var copy = StoreCopy.open(copy())) {
      assertThatThrownBy(copy::examine)
          .isInstanceOfSatisfying(
              LogUnavailable.class,
              it -> assertThat(it.kind()).isEqualTo(LogUnavailable.Kind.IO_ERROR));
      Files.move(away, copy());
      assertThat(copy.examine().problems()).isEmpty();
    }
  }

  @Test
  void of_what_kept_from_looking_only_a_disk_that_gives_nothing_counts_when_it_stays() {
    LogUnavailable noMemory = passing(SQLiteErrorCode.SQLITE_NOMEM);
    LogUnavailable noFiles = passing(SQLiteErrorCode.SQLITE_CANTOPEN);
    LogUnavailable unread = passing(SQLiteErrorCode.SQLITE_IOERR_READ);
    assertThat(StoreCopy.Report.ofStaying(noMemory)).isEmpty();
    assertThat(StoreCopy.Report.ofStaying(noFiles)).isEmpty();
    assertThat(StoreCopy.Report.ofStaying(unread))
        .hasValueSatisfying(it -> assertThat(it.problems()).isNotEmpty());
  }

  private static LogUnavailable passing(SQLiteErrorCode code) {
    RuntimeException e = SqlFailures.of(new SQLException("x", "", code.code), "reading");
    return SqlFailures.passing(e).orElseThrow();
  }

  /// Two hundred times something else is wrong with the bytes: either it is seen, or nothing of
  /// what was written is different (a flipped bit in a page that is not used).
  @Test
  void flipped_bits_and_cut_files_are_seen() throws Exception {
    filled(9, 150);
    byte[] sound = Files.readAllBytes(copy());
    String state;
    try (var copy = StoreCopy.open(copy())) {
      state = copy.examine().stateHash();
    }
    var random = new Random(9);
    int seen = 0;
    for (int round = 0; round < 200; round++) {
      Path damaged = home.resolve("damaged-" + round);
      Files.write(damaged, sound);
      damage(damaged, random, round);
      try (var copy = StoreCopy.open(damaged)) {
        StoreCopy.Report report = copy.examine();
        if (report.problems().isEmpty()) {
          assertThat(report.stateHash()).as("round " + round).isEqualTo(state);
        } else {
          seen++;
        }
      }
      Files.delete(damaged);
    }
    assertThat(seen).isGreaterThan(100);
  }

  private static void damage(Path file, Random random, int round) throws Exception {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (round % 4 == 0) {
        channel.truncate(random.nextLong(channel.size()));
        return;
      }
      var one = java.nio.ByteBuffer.allocate(1);
      long at = random.nextLong(channel.size());
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ (1 << random.nextInt(8)))).rewind();
      channel.write(one, at);
    }
  }

  @Test
  void a_store_taken_over_goes_on_under_a_new_epoch_and_says_so() throws Exception {
    filled(10, 100);
    Path fresh = home.resolve("fresh");
    StoreFiles files = StoreFiles.in(fresh);
    Files.createDirectories(files.database().getParent());
    Files.copy(copy(), files.database());
    Head before;
    try (var copy = StoreCopy.open(copy())) {
      before = copy.head();
    }
    var fact = new InstanceFact.Restored("g", before.seq() + 1, before.seq() + 5);
    new StoreTakeover(4, OptionalLong.empty(), fact, Actor.SALVOR)
        .take(files, List.of(), TestStores.CLOCK);
    try (var store = TestStores.open(fresh)) {
      assertThat(store.identity().epoch()).isEqualTo(4);
      assertThat(store.identity().lineage().toString()).isEqualTo(before.lineage());
      assertThat(store.records().lastSeq()).isEqualTo(before.seq() + 1);
      assertThat(RecordCodec.decode(store.records().page(before.seq(), 1).getFirst()).statement())
          .hasToString(
              "OfInstance[seq="
                  + (before.seq() + 1)
                  + ", actor=service:salvor, at="
                  + TestStores.CLOCK.instant()
                  + ", fact="
                  + fact
                  + "]");
      store.copyTo(home.resolve("again.db"));
    }
    try (var again = StoreCopy.open(home.resolve("again.db"))) {
      assertThat(again.examine().problems()).isEmpty();
      assertThat(again.idAt(before.seq())).contains(before.id());
    }
  }

  @Test
  void a_cut_falls_on_the_end_of_a_decision_and_leaves_a_whole_store() throws Exception {
    filled(11, 300);
    try (var copy = StoreCopy.open(copy())) {
      for (long wanted : List.of(1L, 17L, 100L, 101L, 102L, 103L, 200L)) {
        OptionalLong end = copy.lastBefore(new Cut.AfterSeq(wanted));
        if (end.isEmpty()) {
          continue;
        }
        assertThat(end.getAsLong()).isLessThanOrEqualTo(wanted);
        Path fresh = home.resolve("cut-" + wanted);
        StoreFiles files = StoreFiles.in(fresh);
        Files.createDirectories(files.database().getParent());
        Files.copy(copy(), files.database());
        new StoreTakeover(2, end, new InstanceFact.Restored("g", 0, 0), Actor.SALVOR)
            .take(files, List.of(), TestStores.CLOCK);
        try (var cut = StoreCopy.open(files.database())) {
          assertThat(cut.examine().problems()).as("cut after " + wanted).isEmpty();
          assertThat(cut.head().seq()).isEqualTo(end.getAsLong() + 1);
          assertThat(cut.idAt(end.getAsLong())).isEqualTo(copy.idAt(end.getAsLong()));
        }
      }
    }
  }

  @Test
  void what_is_said_about_backups_is_no_news() {
    var hand = new HandMade();
    try (var store = TestStores.open(home)) {
      store
          .log()
          .appendDurably(
              List.of(
                  hand.create(HandMade.task(1), Optional.empty()),
                  hand.decide(Optional.empty(), new InstanceFact.BackupBegun(Occasion.START)),
                  hand.decide(Optional.empty(), new InstanceFact.BackupVerified("g", 1))));
      assertThat(store.hasNewsSince(0)).isTrue();
      assertThat(store.hasNewsSince(1)).isFalse();
      store
          .log()
          .appendDurably(
              List.of(hand.decide(Optional.empty(), new InstanceFact.Restored("g", 0, 0))));
      assertThat(store.hasNewsSince(1)).isTrue();
    }
  }
}
