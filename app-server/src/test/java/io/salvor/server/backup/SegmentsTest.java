package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Admission.Reason;
import io.salvor.domain.backup.RestorePlan.Cut;
import io.salvor.domain.backup.RestorePlan.Target;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.backup.Segment;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.HandMade;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.RestoreReport;
import io.salvor.v1.VerifyBackupsResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13 with real stores and folders: what was recorded between two generations is not lost with the
/// store.
class SegmentsTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final HandMade hand = new HandMade().later(Duration.ofMillis(3_599_800));
  private Home home;
  private Vault vault;

  @BeforeEach
  void home() throws IOException {
    home = new Home(directory.resolve("home"));
    home.create();
    vault = new BackupPlaces(directory.resolve("backups")).of(home);
  }

  /// Whether records were archived must not make a difference.
  void archive(SqliteStore store) {}

  private SqliteStore open(Home of) {
    var settings = new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0);
    return SqliteStore.open(StoreFiles.in(of.root()), settings, now::get);
  }

  private Backups.Outcome create(SqliteStore store) throws InterruptedException {
    var source =
        new Backups.Source(
            home, store, Secrets.of(home, Optional.empty(), Map.of()), now::get, "test");
    return Backups.of(source, vault, Retention.USUAL, _ -> {}).create(Occasion.SCHEDULE);
  }

  /// A minute passes, and in it this much is recorded.
  private void work(SqliteStore store, int records) {
    now.updateAndGet(it -> it.plusSeconds(60));
    hand.later(Duration.ofSeconds(60));
    for (int i = 0; i < records; i++) {
      var fact = new InstanceFact.Frozen(Freeze.Level.SOFT, "record " + (hand.lastSeq() + 1));
      store.log().appendDurably(List.of(hand.decide(Optional.empty(), fact)));
    }
    archive(store);
  }

  private Shipper shipper(SqliteStore store) {
    return new Shipper(store, vault, now::get);
  }

  /// A generation up to record 3, and segments up to 5, 9 and 10; 12 are recorded.
  private void filled() throws Exception {
    try (var store = open(home)) {
      work(store, 3);
      create(store);
      Shipper shipper = shipper(store);
      work(store, 2);
      assertThat(shipper.ship()).isEqualTo(1);
      work(store, 4);
      assertThat(shipper.ship()).isEqualTo(1);
      work(store, 1);
      assertThat(shipper.ship()).isEqualTo(1);
      assertThat(shipper.ship()).isZero();
      work(store, 2);
    }
  }

  private RestoreReport restore(Target target, Home into) throws Exception {
    into.create();
    now.updateAndGet(it -> it.plusMillis(1));
    var restoring = new Restoring(into, vault, now::get);
    return restoring.restore(restoring.plan(target), Actor.SALVOR, Optional.empty());
  }

  /// The last record before the one that tells of the restore.
  private long end(Home restored) {
    try (var copy = StoreCopy.open(StoreFiles.in(restored.root()))) {
      assertThat(copy.examine().problems()).isEmpty();
      return copy.head().seq() - 1;
    }
  }

  @Test
  void what_was_written_down_last_comes_back_and_only_what_came_later_is_told_as_lost()
      throws Exception {
    filled();
    RestoreReport report = restore(new Target.Latest(), home);
    assertThat(report.getSegments()).isEqualTo(3);
    assertThat(report.getLastSeq()).isEqualTo(10);
    assertThat(report.getLostFirst()).isEqualTo(11);
    assertThat(report.getLostLast()).isEqualTo(12);
    assertThat(report.getLostList()).containsExactly("the instance: 2 records");
    assertThat(end(home)).isEqualTo(10);
    assertThat(Path.of(report.getMovedTo()).resolve("salvor.db")).exists();
  }

  /// It is as long as the store, and still not the same from where that one was cut.
  @Test
  void what_was_recorded_since_a_restore_is_lost_by_going_back_to_a_backup_of_before_it()
      throws Exception {
    try (var store = open(home)) {
      work(store, 3);
      create(store);
      work(store, 2);
      create(store);
    }
    String before = vault.backups().getFirst().getGeneration();
    restore(new Target.At(new Cut.AfterSeq(2)), home);

    RestoreReport report = restore(new Target.Named(before), home);

    assertThat(report.getLastSeq()).isEqualTo(5);
    assertThat(report.getLostFirst()).isEqualTo(3);
    assertThat(report.getLostLast()).isEqualTo(3);
    assertThat(report.getLostList()).containsExactly("the instance: 1 record");
  }

  @Test
  void every_record_and_every_instant_is_reached() throws Exception {
    filled();
    for (long seq = 1; seq <= 10; seq++) {
      Home into = new Home(directory.resolve("seq-" + seq));
      RestoreReport report = restore(new Target.At(new Cut.AfterSeq(seq)), into);
      assertThat(report.getLastSeq()).isEqualTo(seq);
      assertThat(end(into)).isEqualTo(seq);
    }
    long[] ends = {3, 5, 9, 10};
    for (int minute = 1; minute <= 4; minute++) {
      Home into = new Home(directory.resolve("time-" + minute));
      Instant at = START.plusSeconds(60L * minute);
      restore(new Target.At(new Cut.AfterTime(at)), into);
      assertThat(end(into)).isEqualTo(ends[minute - 1]);
    }
    var beyond = new Target.At(new Cut.AfterSeq(11));
    assertThatThrownBy(() -> restore(beyond, new Home(directory.resolve("beyond"))))
        .isInstanceOf(BackupFailed.class)
        .hasMessageContaining("reaches that far");
  }

  @Test
  void a_damaged_segment_ends_what_is_restored_and_a_damaged_generation_does_not()
      throws Exception {
    filled();
    try (var store = open(home)) {
      create(store);
      work(store, 1);
      shipper(store).ship();
    }
    Path newest = vault.place(vault.backups().getFirst().getGeneration()).resolve(Vault.STORE);
    flip(newest);
    Home into = new Home(directory.resolve("into"));
    // From the first generation over three segments; the fourth begins after the second generation.
    assertThat(restore(new Target.Latest(), into).getLastSeq()).isEqualTo(10);
    flip(vault.segments().place(vault.segments().all().get(1)));
    assertThat(restore(new Target.Latest(), new Home(directory.resolve("two"))).getLastSeq())
        .isEqualTo(5);
    assertThat(vault.segments().all().stream().filter(Segment::damaged)).hasSize(1);
  }

  @Test
  void a_damaged_segment_is_found_by_a_verification_and_named_by_a_restore_and_is_good_when_mended()
      throws Exception {
    filled();
    var lists = new BackupLists(new BackupPlaces(directory.resolve("backups")), vault);
    VerifyBackupsResponse sound = lists.verify(Optional.empty());
    assertThat(sound.getSegments()).isEqualTo(3);
    assertThat(sound.getDamagedSegmentsList()).isEmpty();

    Segment second = vault.segments().all().get(1);
    byte[] bytes = Files.readAllBytes(vault.segments().place(second));
    flip(vault.segments().place(second));
    VerifyBackupsResponse damaged = lists.verify(Optional.empty());
    assertThat(damaged.getSegments()).isEqualTo(3);
    assertThat(damaged.getDamagedSegmentsList())
        .singleElement()
        .satisfies(it -> assertThat(it.getName()).isEqualTo(second.name()))
        .satisfies(it -> assertThat(it.getFirstSeq()).isEqualTo(6))
        .satisfies(it -> assertThat(it.getLastSeq()).isEqualTo(9))
        .satisfies(it -> assertThat(it.getProblem()).isNotEmpty());
    assertThat(restore(new Target.Latest(), new Home(directory.resolve("into"))).getLostList())
        .contains("records 6 to 9, whose segment is damaged: " + vault.segments().place(second));

    Files.write(vault.segments().place(second), bytes);
    assertThat(lists.verify(Optional.empty()).getDamagedSegmentsList()).isEmpty();
    assertThat(restore(new Target.Latest(), home).getLastSeq()).isEqualTo(10);
  }

  /// Like a disk that does not give it: a folder has no bytes either.
  @Test
  void a_segment_that_cannot_be_read_does_not_keep_anybody_from_restoring_what_is_before_it()
      throws Exception {
    filled();
    Path unreadable = vault.segments().place(vault.segments().all().get(2));
    Files.delete(unreadable);
    Files.createDirectory(unreadable);
    RestoreReport report = restore(new Target.Latest(), new Home(directory.resolve("into")));
    assertThat(report.getLastSeq()).isEqualTo(9);
    assertThat(report.getLostList()).contains("record 10, whose segment is damaged: " + unreadable);
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[new Random(3).nextInt(bytes.length)] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void segments_go_on_over_a_generation_and_over_a_restart() throws Exception {
    filled();
    try (var store = open(home)) {
      assertThat(shipper(store).ship()).isEqualTo(1);
      create(store);
      work(store, 5);
      assertThat(shipper(store).ship()).isEqualTo(1);
    }
    assertThat(vault.segments().all()).hasSize(5);
    assertThat(restore(new Target.Latest(), home).getLastSeq()).isEqualTo(17);
  }

  @Test
  void after_a_restore_nothing_is_shipped_before_there_is_a_generation_of_it() throws Exception {
    filled();
    restore(new Target.At(new Cut.AfterSeq(4)), home);
    try (var store = open(home)) {
      assertThat(shipper(store).ship()).isZero();
      create(store);
      assertThat(vault.backups().getFirst().getLastSeq()).isEqualTo(5);
    }
    assertThat(restore(new Target.Latest(), home).getLastSeq()).isEqualTo(5);
  }

  @Test
  void an_older_store_put_in_place_is_neither_shipped_nor_backed_up() throws Exception {
    Path older = directory.resolve("older.db");
    try (var store = open(home)) {
      work(store, 3);
      create(store);
      work(store, 2);
      store.copyTo(older);
      work(store, 4);
      shipper(store).ship();
    }
    Path database = StoreFiles.in(home.root()).database();
    Files.delete(database);
    Files.move(older, database);
    try (var store = open(home)) {
      Shipper shipper = shipper(store);
      assertThat(shipper.ship()).isZero();
      assertThat(shipper.trouble()).hasValueSatisfying(it -> assertThat(it).contains("ends at"));
      assertThat(create(store))
          .isInstanceOfSatisfying(
              Backups.Outcome.Refused.class,
              it -> assertThat(it.reason()).isEqualTo(Reason.SHORTER));
    }
    assertThat(restore(new Target.Latest(), home).getLastSeq()).isEqualTo(9);
  }

  @Test
  void a_pruning_takes_only_segments_that_no_kept_generation_needs() throws Exception {
    filled();
    var all = new ArrayList<>(vault.segments().all());
    try (var store = open(home)) {
      create(store);
    }
    vault.prune(Retention.USUAL, false);
    assertThat(vault.segments().all()).isEqualTo(all);
    Disk.remove(vault.place(vault.backups().getLast().getGeneration()));
    vault.prune(Retention.USUAL, true);
    assertThat(vault.segments().all()).isEqualTo(all);
    vault.prune(Retention.USUAL, false);
    assertThat(vault.segments().all()).isEmpty();
  }

  @Test
  void an_orderly_end_writes_down_what_was_recorded_last() throws Exception {
    filled();
    try (var store = open(home)) {
      var shipped = new ArrayList<String>();
      var schedule =
          new SegmentSchedule(
              shipper(store), Optional.of(Duration.ofHours(1)), () -> shipped.add("more"));
      schedule.start();
      schedule.stop();
      assertThat(shipped).containsExactly("more");
    }
    assertThat(vault.segments().all()).hasSize(4);
  }

  @Test
  void what_was_cut_short_is_swept() throws Exception {
    filled();
    Path cut = vault.segments().folder().resolve(Vault.UNFINISHED + "half.seg");
    Files.writeString(cut, "half");
    assertThat(vault.segments().all()).hasSize(3);
    try (var store = open(home)) {
      shipper(store).ship();
    }
    assertThat(cut).doesNotExist();
  }

  @Test
  void a_backup_does_not_sweep_away_a_segment_that_is_being_written() throws Exception {
    filled();
    Path begun = vault.segments().folder().resolve(Vault.UNFINISHED + "begun.seg");
    Files.writeString(begun, "half");
    try (var store = open(home)) {
      assertThat(create(store)).isInstanceOf(Backups.Outcome.Made.class);
    }
    assertThat(begun).exists();
  }

  @Test
  void a_copy_is_not_judged_by_what_was_written_down_while_it_was_made() throws Exception {
    filled();
    try (var store = open(home)) {
      Shipper shipper = shipper(store);
      var making = new Making(home, Secrets.of(home, Optional.empty(), Map.of()), vault, "test");
      long before = store.records().lastSeq();

      Making.Result result =
          making.make(
              now.get(),
              target -> {
                store.copyTo(target);
                work(store, 2);
                assertThat(shipper.ship()).isEqualTo(1);
              });

      assertThat(result)
          .isInstanceOfSatisfying(
              Making.Result.Published.class,
              it -> assertThat(it.backup().getLastSeq()).isEqualTo(before));
    }
    assertThat(vault.quarantined()).isEmpty();
    assertThat(vault.reach()).isEqualTo(14);
  }
}
