package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Head;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.backup.Segment;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.HandMade;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskSpec;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.StorePart;
import io.salvor.v1.StoreRepair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13: where a store lost what came after its last generation, a repair takes it from the segments
/// that were written down since.
final class SegmentRepairTest {
  private static final String SEGMENTS = "segments beside the backups";
  private static final String ITSELF = "the store itself";
  private static final int SEGMENTS_MADE = 3;

  @TempDir private Path directory;
  private Instant now = Instant.parse("2026-03-01T08:00:00Z");
  private final HandMade hand = new HandMade();
  private Home home;
  private Vault vault;
  private String backup = "";
  private long backedUp;
  private long shipped;
  private long end;
  private long bytesBackedUp;

  /// A generation, three segments that go on from it, and some records that are in none.
  @BeforeEach
  void home() throws Exception {
    home = new Home(directory.resolve("home"));
    home.create();
    vault = new BackupPlaces(directory.resolve("backups")).of(home);
    try (var store = open()) {
      record(store, hand, "once", 100);
      create(store);
      new StoreGuard(home, vault).settle(store.identity(), false);
    }
    bytesBackedUp = Files.size(database());
    try (var store = open()) {
      for (int i = 0; i < SEGMENTS_MADE; i++) {
        now = now.plusSeconds(60);
        record(store, hand, "once", 100);
        assertThat(new Shipper(store, vault, () -> now).ship()).isEqualTo(1);
      }
      shipped = vault.reach();
      record(store, hand, "once", 50);
    }
    end = head().seq();
    assertThat(List.of(backedUp, shipped, end)).isEqualTo(List.of(101L, 404L, 455L));
  }

  private SqliteStore open() {
    var settings = new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0);
    return SqliteStore.open(StoreFiles.in(home.root()), settings, () -> now);
  }

  private void create(SqliteStore store) throws InterruptedException {
    var source =
        new Backups.Source(
            home, store, Secrets.of(home, Optional.empty(), Map.of()), () -> now, "test");
    Backups.of(source, vault, Retention.USUAL, _ -> {}).create(Occasion.SCHEDULE);
    backup = vault.backups().getFirst().getGeneration();
    backedUp = vault.backups().getFirst().getLastSeq();
  }

  /// A task with a text, and after it this many records, which fill a page or so each.
  private List<Decision> decisions(HandMade by, String what, int records) throws IOException {
    var all = new ArrayList<Decision>();
    String text = what + " after record " + by.lastSeq();
    Path file = Files.writeString(directory.resolve("text"), text);
    String hash = Disk.sha256(file);
    TaskSpec usual = HandMade.spec(text);
    var spec =
        new TaskSpec(
            usual.title(),
            hash,
            usual.project(),
            usual.target(),
            usual.base(),
            usual.agent(),
            usual.limits(),
            usual.dependsOn(),
            usual.preparation(),
            List.of());
    TaskId task = HandMade.task((int) by.lastSeq() + 1);
    var created = new TaskFact.Created(new DisplayId(by.lastSeq() + 1), spec, List.of());
    Decision first = by.decide(task, created);
    var texts = List.of(new Decision.Document(hash, text));
    all.add(new Decision(first.entries(), texts, first.threads()));
    for (int i = 0; i < records; i++) {
      var fact = new InstanceFact.Frozen(Freeze.Level.SOFT, what.repeat(500) + i);
      all.add(by.decide(Optional.empty(), fact));
    }
    return all;
  }

  private void record(SqliteStore store, HandMade by, String what, int records) throws IOException {
    store.log().appendDurably(decisions(by, what, records));
  }

  private Path database() {
    return StoreFiles.in(home.root()).database();
  }

  private Head head() {
    try (var copy = StoreCopy.open(database())) {
      return copy.head();
    }
  }

  /// All that was added to the file after the generation.
  private void destroyPagesSince() throws IOException {
    try (var channel = FileChannel.open(database(), StandardOpenOption.WRITE)) {
      long size = channel.size();
      assertThat(size).isGreaterThan(bytesBackedUp);
      channel.write(ByteBuffer.allocate((int) (size - bytesBackedUp)), bytesBackedUp);
    }
  }

  /// What this record says is not what was written.
  private void destroy(long seq) throws SQLException {
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + database());
        var statement = raw.createStatement()) {
      statement.execute("UPDATE records SET body = x'00' WHERE seq = " + seq);
    }
  }

  private String idAt(long seq) {
    try (var copy = StoreCopy.open(database())) {
      return copy.idAt(seq).orElseThrow();
    }
  }

  private StoreRepair repaired() throws Exception {
    var offline = new OfflineStore(home, vault, () -> now);
    StoreRepair told = offline.plan();
    StoreRepair done = offline.repair(Actor.SALVOR);
    assertThat(done.getPartsList()).isEqualTo(told.getPartsList());
    assertThat(done.getLostList()).isEqualTo(told.getLostList());
    assertThat(done.getDone()).isTrue();
    assertThat(head().seq()).isEqualTo(done.getLastSeq() + 1);
    try (var copy = StoreCopy.open(database())) {
      assertThat(copy.examine().problems()).isEmpty();
    }
    try (var store = open()) {
      assertThat(store.rebuild().check().same()).isTrue();
    }
    assertThat(new StoreGuard(home, vault).objection()).isEmpty();
    return done;
  }

  private static StorePart part(String from, long first, long last) {
    return StorePart.newBuilder().setFrom(from).setFirstSeq(first).setLastSeq(last).build();
  }

  @Test
  void records_whose_pages_are_destroyed_come_from_the_segments() throws Exception {
    String idAtEnd = idAt(shipped);
    destroyPagesSince();
    StoreRepair done = repaired();
    assertThat(done.getPartsList())
        .startsWith(part("backup " + backup, 1, backedUp), part(SEGMENTS, backedUp + 1, shipped));
    assertThat(done.getLastSeq()).isGreaterThanOrEqualTo(shipped);
    assertThat(done.getLostList()).isNotEmpty();
    assertThat(idAt(shipped)).isEqualTo(idAtEnd);
  }

  @Test
  void a_store_that_is_gone_comes_back_as_far_as_the_segments_lead() throws Exception {
    String idAtEnd = idAt(shipped);
    Disk.remove(Disk.parent(database()));
    StoreRepair done = repaired();
    assertThat(done.getPartsList())
        .containsExactly(
            part("backup " + backup, 1, backedUp), part(SEGMENTS, backedUp + 1, shipped));
    assertThat(done.getLostList())
        .containsExactly("whatever was written after record " + shipped + ", if anything was");
    assertThat(idAt(shipped)).isEqualTo(idAtEnd);
  }

  @Test
  void what_no_segment_has_is_taken_from_the_store() throws Exception {
    String idAtEnd = idAt(end);
    destroy(backedUp + 5);
    assertThat(repaired().getPartsList())
        .containsExactly(
            part("backup " + backup, 1, backedUp),
            part(SEGMENTS, backedUp + 1, shipped),
            part(ITSELF, shipped + 1, end));
    assertThat(idAt(end)).isEqualTo(idAtEnd);
  }

  @Test
  void a_damaged_segment_is_bridged_by_the_store_and_those_after_it_are_taken() throws Exception {
    List<Segment> all = vault.segments().all();
    Segment bad = all.get(1);
    Files.write(vault.segments().place(bad), new byte[] {1, 2, 3});
    destroy(end);
    StoreRepair done = repaired();
    assertThat(done.getPartsList())
        .startsWith(
            part("backup " + backup, 1, backedUp),
            part(SEGMENTS, backedUp + 1, bad.firstSeq() - 1),
            part(ITSELF, bad.firstSeq(), bad.lastSeq()),
            part(SEGMENTS, bad.lastSeq() + 1, shipped));
    assertThat(done.getLostLast()).isEqualTo(end);
    assertThat(vault.segments().all().stream().filter(Segment::damaged))
        .extracting(Segment::firstSeq)
        .containsExactly(bad.firstSeq());
  }

  @Test
  void what_comes_after_a_gap_that_nothing_fills_is_lost_and_is_said_to_be() throws Exception {
    Segment bad = vault.segments().all().get(1);
    Files.delete(vault.segments().place(bad));
    Disk.remove(Disk.parent(database()));
    StoreRepair done = repaired();
    assertThat(done.getLastSeq()).isEqualTo(bad.firstSeq() - 1);
    assertThat(done.getLostFirst()).isEqualTo(bad.firstSeq());
    assertThat(done.getLostLast()).isEqualTo(shipped);
    assertThat(done.getLostList()).contains("record " + bad.firstSeq() + ": cannot be read");
  }

  @Test
  void another_history_of_the_store_that_was_put_in_its_place_does_not_win() throws Exception {
    String idAtEnd = idAt(shipped);
    Disk.remove(Disk.parent(database()));
    Disk.folder(Disk.parent(database()));
    Files.copy(vault.place(backup).resolve(Vault.STORE), database());
    var other = new HandMade();
    assertThat(decisions(other, "once", 100)).hasSize((int) backedUp);
    try (var store = open()) {
      record(store, other, "otherwise", 500);
    }
    StoreRepair done = repaired();
    assertThat(done.getLastSeq()).isEqualTo(shipped);
    assertThat(done.getLostLast()).isEqualTo(backedUp + 501);
    assertThat(idAt(shipped)).isEqualTo(idAtEnd);
  }

  @Test
  void texts_that_only_a_segment_has_come_back() throws Exception {
    Disk.remove(Disk.parent(database()));
    repaired();
    try (var store = open()) {
      Path file = Files.writeString(directory.resolve("text"), "once after record 303");
      assertThat(store.documents().get(Disk.sha256(file))).contains("once after record 303");
    }
  }

  /// As one who is killed after the damaged store was moved aside, and before the new one has taken
  /// its place, leaves it.
  private String killedBetweenItsRenames() throws Exception {
    Identity before = Identity.of(home).orElseThrow();
    StoreRepair done = new OfflineStore(home, vault, () -> now).repair(Actor.SALVOR);
    Path staging = Disk.folder(home.root().resolve(Repairing.STAGING));
    Disk.moveFolder(Disk.parent(database()), staging.resolve("store"));
    before.write(home);
    return Path.of(done.getMovedTo()).getFileName().toString();
  }

  @Test
  void what_only_the_damaged_store_had_survives_a_kill_between_the_renames_of_a_repair()
      throws Exception {
    String idAtEnd = idAt(end);
    destroy(backedUp + 5);
    String aside = killedBetweenItsRenames();
    assertThat(new StoreGuard(home, vault).objection())
        .hasValueSatisfying(it -> assertThat(it.hint()).isEqualTo(StoreMark.REPAIR));
    StoreRepair done = repaired();
    assertThat(done.getPartsList())
        .containsExactly(
            part("backup " + backup, 1, backedUp),
            part(SEGMENTS, backedUp + 1, shipped),
            part(aside, shipped + 1, end));
    assertThat(idAt(end)).isEqualTo(idAtEnd);
    assertThat(done.getStoreEpoch()).isEqualTo(3);
  }

  @Test
  void the_same_where_there_is_nothing_but_the_damaged_store() throws Exception {
    String idBeforeEnd = idAt(end - 1);
    Disk.remove(vault.folder());
    destroy(end);
    String aside = killedBetweenItsRenames();
    assertThat(repaired().getPartsList()).containsExactly(part(aside, 1, end - 1));
    assertThat(idAt(end - 1)).isEqualTo(idBeforeEnd);
  }

  @Test
  void a_repair_that_is_not_done_leaves_no_copies_behind() throws Exception {
    destroy(end);
    var offline = new OfflineStore(home, vault, () -> now);
    assertThat(offline.plan().getPartsList()).isNotEmpty();
    assertThat(new Leftovers(home, vault).unfinished()).isEmpty();
    Disk.remove(vault.folder());
    destroy(1);
    assertThatThrownBy(() -> offline.repair(Actor.SALVOR)).hasMessageContaining("nothing can be");
    assertThat(new Leftovers(home, vault).unfinished()).isEmpty();
  }
}
