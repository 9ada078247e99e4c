package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RandomHistory;
import io.salvor.sqlite.Integrity.ChainReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Z11: what was acknowledged is there, whatever happened to the one who wrote it.
final class KillTest {
  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({"31, 1", "32, 5", "33, 40", "34, 130"})
  void a_writer_killed_at_any_moment_loses_nothing_it_acknowledged(long seed, int batches)
      throws Exception {
    long acknowledged;
    Process writer = ChildJvm.start(Appending.class, List.of(home.toString(), Long.toString(seed)));
    try (BufferedReader lines = writer.inputReader()) {
      for (int i = 1; i < batches; i++) {
        lines.readLine();
      }
      acknowledged = Long.parseLong(lines.readLine());
      // Through its handle: the process object would close the pipe, and what is still in it was
      // acknowledged.
      writer.toHandle().destroyForcibly();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged = Long.parseLong(line);
      }
    } finally {
      writer.destroyForcibly();
    }

    try (var store = TestStores.open(home)) {
      isTheHistory(store, new RandomHistory(seed), acknowledged);
      store.log().appendDurably(List.of());
    }
  }

  /// A loss of power leaves what was synced. The copy is taken at the moment of the
  /// acknowledgement, with the writer alive: no orderly end has tidied it up.
  @Test
  void a_copy_of_the_files_at_the_moment_of_acknowledgement_has_it_all() throws Exception {
    Path copies = Files.createDirectory(home.resolve("copies"));
    var history = new RandomHistory(35);
    try (var store = TestStores.open(home)) {
      for (int i = 0; i < 12; i++) {
        List<Decision> batch = history.next(i + 1);
        store.log().appendDurably(batch);
        Path copy = copies.resolve(Integer.toString(i));
        copy(StoreFiles.in(home).database(), StoreFiles.in(copy).database());
        try (var recovered = TestStores.open(copy)) {
          isTheHistory(recovered, new RandomHistory(35), batch.getLast().lastSeq());
        }
      }
    }
  }

  /// The store holds the beginning of the history, to the end of a decision, and at least what was
  /// acknowledged.
  private static void isTheHistory(SqliteStore store, RandomHistory history, long acknowledged) {
    var restored = store.log().restore();
    assertThat(restored.lastSeq()).isGreaterThanOrEqualTo(acknowledged);
    long seq = 0;
    while (seq < restored.lastSeq()) {
      seq = history.next().lastSeq();
    }
    assertThat(seq).isEqualTo(restored.lastSeq());
    assertThat(restored.open())
        .isEqualTo(history.threads().stream().filter(it -> !it.task().isSettled()).toList());
    for (OpenThread thread : history.threads()) {
      assertThat(store.log().load(thread.task().id())).contains(thread);
    }
    assertThat(store.integrity().verifyChain(1, seq)).isInstanceOf(ChainReport.Intact.class);
    assertThat(store.rebuild().check().same()).isTrue();
  }

  /// By another process: to close a file of an open store in this one would give up SQLite's locks
  /// on it. No -shm, which does not survive a loss of power.
  private static void copy(Path database, Path to) throws IOException, InterruptedException {
    Files.createDirectories(to.getParent());
    for (String suffix : List.of("", "-wal")) {
      Process copying =
          new ProcessBuilder("cp", database + suffix, to + suffix).inheritIO().start();
      assertThat(copying.waitFor()).isZero();
    }
  }

  /// Appends a random history, and says after each batch how far it is, until it is killed.
  static final class Appending {
    private Appending() {}

    public static void main(String[] args) {
      var history = new RandomHistory(Long.parseLong(args[1]));
      var store = TestStores.open(Path.of(args[0]));
      for (int i = 0; ; i++) {
        List<Decision> batch = history.next(1 + i % 5);
        store.log().appendDurably(batch);
        System.out.println(batch.getLast().lastSeq());
      }
    }
  }
}
