package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.HandMade;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.journal.LogUnavailable.Kind;
import io.salvor.domain.journal.RecordLog.Restored;
import io.salvor.domain.task.TaskFact;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z11: when the environment fails, nothing half is kept, the reason is named, and all goes on when
/// it is mended.
final class BadDayTest {
  private static final TaskId TASK = HandMade.task(1);

  private final HandMade hand = new HandMade();

  @TempDir private Path home;

  @Test
  void a_full_store_refuses_and_goes_on_when_there_is_space() throws Exception {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(List.of(hand.create(TASK)));
      Restored before = store.log().restore();
      Decision big = comment("x".repeat(100_000));
      Connection writer = store.writerConnection();
      Connections.execute(writer, "PRAGMA max_page_count = " + pages(writer));

      refuses(store, big, Kind.DISK_FULL);
      assertThat(store.log().restore()).isEqualTo(before);

      Connections.execute(writer, "PRAGMA max_page_count = 1000000");
      store.log().appendDurably(List.of(big));
      assertThat(store.log().load(TASK)).contains(hand.thread(TASK));
    }
  }

  @Test
  void a_full_disk_gives_the_ballast_back_and_takes_it_again_later() throws Exception {
    Path disk = Files.createDirectory(home.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()));
    try {
      var settings = new SqliteStore.Settings(Duration.ofMillis(200), 2, 512 << 10);
      try (var store = SqliteStore.open(StoreFiles.in(disk), settings, TestStores.CLOCK)) {
        store.log().appendDurably(List.of(hand.create(TASK)));
        assertThat(store.ballast().held()).isTrue();
        Path filler = disk.resolve("filler");
        fill(filler);
        Restored before = store.log().restore();
        Decision big = comment("x".repeat(100_000));

        refuses(store, big, Kind.DISK_FULL);

        assertThat(store.log().restore()).isEqualTo(before);
        assertThat(store.ballast().held()).isFalse();
        assertThat(store.ballast().keep()).isFalse();
        store.log().appendDurably(List.of(big));
        assertThat(store.log().load(TASK)).contains(hand.thread(TASK));

        Files.delete(filler);
        assertThat(store.ballast().keep()).isTrue();
        store.log().appendDurably(List.of(comment("all is well")));
      }
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  void a_store_that_cannot_be_written_says_so() throws Exception {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(List.of(hand.create(TASK)));
      Decision next = comment("hello");
      Connections.execute(store.writerConnection(), "PRAGMA query_only = 1");

      refuses(store, next, Kind.READ_ONLY);

      Connections.execute(store.writerConnection(), "PRAGMA query_only = 0");
      store.log().appendDurably(List.of(next));
      assertThat(store.log().restore().lastSeq()).isEqualTo(2);
    }
  }

  /// Z12.
  @Test
  void a_store_that_another_program_has_locked_says_so() throws Exception {
    try (var store = TestStores.open(home);
        Connection other = TestStores.raw(home)) {
      store.log().appendDurably(List.of(hand.create(TASK)));
      Decision next = comment("hello");
      Connections.execute(other, "BEGIN IMMEDIATE");

      refuses(store, next, Kind.BUSY);

      Connections.execute(other, "ROLLBACK");
      store.log().appendDurably(List.of(next));
      assertThat(store.log().restore().lastSeq()).isEqualTo(2);
    }
  }

  @Test
  void a_damaged_file_is_corrupt() throws Exception {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(List.of(hand.create(TASK), comment("x".repeat(50_000))));
    }
    try (var file = new RandomAccessFile(StoreFiles.in(home).database().toFile(), "rw")) {
      file.seek(4_096);
      file.write(new byte[(int) file.length() - 4_096]);
    }
    assertThatThrownBy(
            () -> {
              try (var store = TestStores.open(home)) {
                store.log().restore();
              }
            })
        .isInstanceOfSatisfying(
            LogUnavailable.class, it -> assertThat(it.kind()).isEqualTo(Kind.CORRUPT));
  }

  @Test
  void a_record_that_cannot_be_read_is_corrupt() throws Exception {
    try (var store = TestStores.open(home)) {
      store.log().appendDurably(List.of(hand.create(TASK)));
      try (Connection other = TestStores.raw(home)) {
        Connections.execute(other, "UPDATE records SET body = x'ff'");
      }
      assertThatThrownBy(() -> store.log().load(TASK))
          .isInstanceOfSatisfying(
              LogUnavailable.class, it -> assertThat(it.kind()).isEqualTo(Kind.CORRUPT));
    }
  }

  private Decision comment(String text) {
    return hand.decide(TASK, new TaskFact.Commented(text));
  }

  private static void refuses(SqliteStore store, Decision decision, Kind kind) {
    assertThatThrownBy(() -> store.log().appendDurably(List.of(decision)))
        .isInstanceOfSatisfying(
            LogUnavailable.class,
            it -> {
              assertThat(it.kind()).isEqualTo(kind);
              assertThat(it.hint()).isNotBlank();
            });
  }

  private static String pages(Connection connection) throws Exception {
    return Connections.one(connection, "PRAGMA page_count");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      var block = new byte[4_096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }
}
