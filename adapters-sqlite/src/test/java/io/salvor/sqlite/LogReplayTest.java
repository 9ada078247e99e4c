package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.RestorePlan.Cut;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.RandomHistory;
import io.salvor.domain.journal.Request;
import io.salvor.records.CorruptRecord;
import io.salvor.records.LogStretch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13: a copy and the stretches of the log after it are, put together, the store that they came
/// from.
final class LogReplayTest {
  private static final InstanceFact.Restored FACT = new InstanceFact.Restored("g", 0, 0);

  @TempDir private Path home;

  /// Where the copy ends.
  private long copied;

  private Path copy() {
    return home.resolve("copy.db");
  }

  /// A store, copied half-way; with its log from before the copy's end on.
  private List<LogStretch> history(SqliteStore store, long mostBytes) {
    var history = new RandomHistory(21);
    store.log().appendDurably(history.next(60));
    long from = store.records().lastSeq();
    store.log().appendDurably(history.next(60));
    store.copyTo(copy());
    copied = store.records().lastSeq();
    store.log().appendDurably(history.next(180));
    var stretches = new ArrayList<LogStretch>();
    for (Optional<LogStretch> next = store.tail().after(from, mostBytes);
        next.isPresent();
        next = store.tail().after(stretches.getLast().lastSeq(), mostBytes)) {
      stretches.add(next.get());
    }
    return stretches;
  }

  private StoreFiles fresh(String name) throws Exception {
    StoreFiles files = StoreFiles.in(home.resolve(name));
    Files.createDirectories(files.database().getParent());
    Files.copy(copy(), files.database());
    return files;
  }

  @Test
  void stretches_of_any_length_replayed_onto_a_copy_make_the_same_store() throws Exception {
    for (long mostBytes : new long[] {1, 3_000, 100_000_000}) {
      Path own = home.resolve("own" + mostBytes);
      Files.deleteIfExists(copy());
      try (var store = TestStores.open(own)) {
        List<LogStretch> stretches = history(store, mostBytes);
        assertThat(stretches).hasSizeGreaterThan(mostBytes == 1 ? 100 : 0);
        StoreFiles files = fresh("replayed" + mostBytes);
        new StoreTakeover(2, OptionalLong.empty(), FACT, Actor.SALVOR)
            .take(files, stretches, TestStores.CLOCK);
        long last = store.records().lastSeq();
        try (var replayed = TestStores.open(home.resolve("replayed" + mostBytes))) {
          assertThat(replayed.records().page(0, (int) last))
              .isEqualTo(store.records().page(0, (int) last));
          assertThat(replayed.rebuild().check().same()).isTrue();
          assertThat(replayed.rebuild().check().foldedHash())
              .isEqualTo(store.rebuild().check().foldedHash());
          assertThat(replayed.log().restore().open()).isEqualTo(store.log().restore().open());
        }
      }
    }
  }

  /// A clock that was ahead for a while makes a request forgotten before its time.
  @Test
  void a_log_in_which_a_request_was_carried_out_twice_within_a_day_is_replayed() throws Exception {
    try (var store = TestStores.open(home.resolve("own"))) {
      store.copyTo(copy());
      Request twice = TestStores.carryOutTwice(store.log());
      LogStretch stretch = store.tail().after(0, 1_000_000).orElseThrow();
      StoreFiles files = fresh("replayed");
      new StoreTakeover(2, OptionalLong.empty(), FACT, Actor.SALVOR)
          .take(files, List.of(stretch), TestStores.CLOCK);
      try (var replayed = TestStores.open(home.resolve("replayed"))) {
        assertThat(replayed.records().page(0, 3)).isEqualTo(store.records().page(0, 3));
        assertThat(replayed.log().find(twice)).isPresent().isEqualTo(store.log().find(twice));
      }
    }
  }

  @Test
  void a_cut_anywhere_after_the_copy_falls_on_the_end_of_a_decision() throws Exception {
    try (var store = TestStores.open(home.resolve("own"))) {
      List<LogStretch> stretches = history(store, 2_000);
      store.copyTo(home.resolve("whole.db"));
      var random = new Random(5);
      try (var whole = StoreCopy.open(home.resolve("whole.db"))) {
        for (int round = 0; round < 10; round++) {
          long wanted = copied + random.nextLong(store.records().lastSeq() - copied);
          OptionalLong end = whole.lastBefore(new Cut.AfterSeq(wanted));
          StoreFiles files = fresh("cut" + round);
          new StoreTakeover(2, end, FACT, Actor.SALVOR).take(files, stretches, TestStores.CLOCK);
          try (var cut = StoreCopy.open(files.database())) {
            assertThat(cut.head().seq()).isEqualTo(end.getAsLong() + 1);
            assertThat(cut.idAt(end.getAsLong())).isEqualTo(whole.idAt(end.getAsLong()));
          }
        }
      }
    }
  }

  @Test
  void a_stretch_that_is_missing_or_of_another_history_leaves_the_copy_as_it_was()
      throws Exception {
    try (var store = TestStores.open(home.resolve("own"))) {
      List<LogStretch> stretches = history(store, 2_000);
      StoreFiles files = fresh("gap");
      assertThatThrownBy(() ->
              new StoreTakeover(2, OptionalLong.empty(), FACT, Actor.SALVOR)
                  .take(
                      files,
                      stretches.subList(stretches.size() - 1, stretches.size()),
                      TestStores.CLOCK))
          .isInstanceOf(CorruptRecord.class);
      try (var left = StoreCopy.open(files.database())) {
        assertThat(left.head().seq()).isEqualTo(copied);
        assertThat(left.head().epoch()).isEqualTo(1);
      }
    }
  }
}
