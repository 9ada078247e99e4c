package io.salvor.server.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Admission.Reason;
import io.salvor.domain.backup.RestorePlan.Target;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.HandMade;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.server.config.BackupSettings;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.Backup;
import io.salvor.v1.RestoreReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13 with real stores and folders: what becomes a generation, and what comes back of one.
final class BackupsTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  @TempDir private Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final List<InstanceFact.OfBackup> noted = new ArrayList<>();

  @BeforeEach
  void home() throws IOException {
    home("home").create();
  }

  private Home home(String name) {
    return new Home(directory.resolve(name));
  }

  private Vault vault() {
    return new BackupPlaces(directory.resolve("backups")).of(home("home"));
  }

  private SqliteStore open(Home home) {
    return SqliteStore.open(
        StoreFiles.in(home.root()),
        new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0),
        now::get);
  }

  private Secrets secrets() {
    return Secrets.of(home("home"), Optional.empty(), Map.of());
  }

  private Backups backups(SqliteStore store) {
    return Backups.of(
        new Backups.Source(home("home"), store, secrets(), now::get, "test"),
        vault(),
        Retention.USUAL,
        noted::add);
  }

  private Backups.Outcome create(SqliteStore store) throws InterruptedException {
    now.updateAndGet(it -> it.plusSeconds(7_200));
    return backups(store).create(Occasion.SCHEDULE);
  }

  @Test
  void a_store_with_news_is_copied_once_and_both_are_noted() throws Exception {
    try (var store = open(home("home"))) {
      assertThat(create(store)).isEqualTo(new Backups.Outcome.Unchanged(Optional.empty()));
      store.log().appendDurably(List.of(new HandMade().decide(Optional.empty(), frozen())));
      assertThat(create(store)).isInstanceOf(Backups.Outcome.Made.class);
      assertThat(create(store)).isInstanceOf(Backups.Outcome.Unchanged.class);
    }
    assertThat(noted).hasSize(2);
    assertThat(noted.getFirst()).isEqualTo(new InstanceFact.BackupBegun(Occasion.SCHEDULE));
    assertThat(noted.getLast()).isInstanceOf(InstanceFact.BackupVerified.class);
    assertThat(vault().backups()).hasSize(1);
    assertThat(vault().problems(vault().backups().getFirst())).isEmpty();
  }

  @Test
  void what_is_recorded_first_does_not_wait_for_a_whole_round() {
    try (var store = open(home("home"))) {
      var schedule =
          new BackupSchedule(
              backups(store), Optional.of(Duration.ofDays(30)), Duration.ofMillis(5));
      schedule.start();
      await().atMost(Duration.ofMinutes(2)).until(() -> vault().lineages().current().isPresent());
      freeze(store, new HandMade(), 1);
      await().atMost(Duration.ofMinutes(2)).until(() -> !vault().backups().isEmpty());
      schedule.stop();
    }
  }

  private static InstanceFact.Frozen frozen() {
    return new InstanceFact.Frozen(io.salvor.domain.instance.Freeze.Level.SOFT, "");
  }

  private static void freeze(SqliteStore store, HandMade hand, int times) {
    for (int i = 0; i < times; i++) {
      store.log().appendDurably(List.of(hand.decide(Optional.empty(), frozen())));
    }
  }

  @Test
  void another_store_in_place_of_ours_is_kept_aside_once_and_told() throws Exception {
    try (var store = open(home("home"))) {
      freeze(store, new HandMade(), 3);
      create(store);
    }
    Files.move(directory.resolve("home/store"), directory.resolve("ours"));
    try (var other = open(home("home"))) {
      var hand = new HandMade();
      freeze(other, hand, 9);
      for (int i = 0; i < 3; i++) {
        freeze(other, hand, 1); // the log grows by what is noted of each
        Backups backups = backups(other);
        assertThat(backups.create(Occasion.SCHEDULE))
            .isInstanceOfSatisfying(
                Backups.Outcome.Refused.class,
                it -> assertThat(it.reason()).isEqualTo(Reason.FOREIGN_LINEAGE));
        assertThat(backups.trouble()).isPresent();
      }
    }
    assertThat(vault().backups()).hasSize(1);
    assertThat(vault().quarantined()).hasSize(1);
  }

  @Test
  void a_backup_before_a_restore_pushes_out_none_that_may_be_restored() throws Exception {
    var hand = new HandMade();
    try (var store = open(home("home"))) {
      for (String at : List.of("10:10", "10:40", "11:40")) {
        now.set(Instant.parse("2026-03-01T" + at + ":00Z"));
        freeze(store, hand, 1);
        backups(store).create(Occasion.DEMAND);
      }
      freeze(store, hand, 1);
    }
    List<String> before = vault().backups().stream().map(Backup::getGeneration).toList();
    now.set(Instant.parse("2026-03-01T12:00:00Z"));
    var first = new BackupFirst(home("home"), vault(), secrets(), now::get);

    Optional<String> made = first.make();

    assertThat(made).isPresent();
    assertThat(vault().backups())
        .extracting(Backup::getGeneration)
        .containsAll(before)
        .contains(made.get());
    assertThat(first.make()).isEmpty();
    try (var store = open(home("home"))) {
      var begun = new InstanceFact.BackupBegun(Occasion.DEMAND);
      store.log().appendDurably(List.of(hand.decide(Optional.empty(), begun)));
    }
    assertThat(first.make()).isEmpty();
  }

  @Test
  void a_backup_that_comes_to_nothing_leaves_nothing_and_says_why() throws Exception {
    try (var store = open(home("home"))) {
      freeze(store, new HandMade(), 1);
      var making = new Making(home("home"), secrets(), vault(), "test");
      assertThatThrownBy(() ->
              making.make(
                  now.get(),
                  _ -> {
                    throw new IllegalStateException("nobody foresaw this");
                  }))
          .isInstanceOf(IllegalStateException.class);
      try (var left = Files.list(vault().folder())) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void a_copy_that_cannot_be_looked_at_for_now_is_neither_damaged_nor_kept() throws Exception {
    var making = new Making(home("home"), secrets(), vault(), "test");
    assertThatThrownBy(() -> making.make(now.get(), _ -> {})).isInstanceOf(LogUnavailable.class);
    assertThat(vault().quarantined()).isEmpty();
    try (var left = Files.list(vault().folder())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void a_store_that_cannot_be_opened_for_now_is_not_marked_as_damaged() throws Exception {
    furnished();
    Path log = Path.of(StoreFiles.in(home("home").root()).database() + "-wal");
    Files.createDirectory(log);
    var offline = new OfflineStore(home("home"), vault(), now::get);
    assertThatThrownBy(offline::check).isInstanceOf(LogUnavailable.class);
    assertThat(new StoreMark(home("home")).problems()).isEmpty();
    Files.delete(log);
    assertThat(offline.check().getSound()).isTrue();
  }

  @Test
  void a_history_that_went_another_way_is_refused() throws Exception {
    var hand = new HandMade();
    Path early = directory.resolve("early");
    try (var store = open(home("home"))) {
      freeze(store, hand, 1);
      store.copyTo(early);
      freeze(store, hand, 2);
      create(store);
    }
    Files.delete(StoreFiles.in(directory.resolve("home")).database());
    Files.move(early, StoreFiles.in(directory.resolve("home")).database());
    var other = new HandMade();
    try (var store = open(home("home"))) {
      other.decide(Optional.empty(), frozen());
      for (int i = 0; i < 5; i++) {
        store
            .log()
            .appendDurably(List.of(other.decide(Optional.empty(), new InstanceFact.Unfrozen("x"))));
      }
      assertThat(create(store))
          .isInstanceOfSatisfying(
              Backups.Outcome.Refused.class,
              it -> assertThat(it.reason()).isEqualTo(Reason.DIVERGED));
    }
  }

  @Test
  void what_was_cut_short_is_swept_and_a_manifest_that_cannot_be_read_hides_nothing()
      throws Exception {
    try (var store = open(home("home"))) {
      freeze(store, new HandMade(), 3);
      Path cut = vault().begin("cut");
      Files.writeString(cut.resolve(Vault.STORE), "half");
      create(store);
      assertThat(cut).doesNotExist();
    }
    String name = vault().backups().getFirst().getGeneration();
    Files.writeString(vault().place(name).resolve(Vault.MANIFEST), "{ not");
    assertThat(vault().backups().getFirst().getProblemsList()).isNotEmpty();
  }

  @Test
  void one_home_is_restored_into_another_under_a_new_epoch() throws Exception {
    try (var store = open(home("home"))) {
      freeze(store, new HandMade(), 4);
      create(store);
    }
    Home other = home("other");
    other.create();
    var restoring = new Restoring(other, vault(), now::get);
    Restoring.Step step = restoring.plan(new Target.Latest());
    RestoreReport report = restoring.restore(step, Actor.SALVOR, Optional.empty());
    assertThat(report.getDone()).isTrue();
    try (var store = open(other)) {
      assertThat(store.identity().epoch()).isEqualTo(2);
      assertThat(store.records().lastSeq()).isEqualTo(5);
    }
    assertThat(Identity.of(other)).contains(new Identity(store(other), 2));
  }

  private String store(Home home) {
    try (var store = open(home)) {
      return store.identity().lineage().toString();
    }
  }

  @Test
  void a_home_whose_store_is_gone_is_objected_to_unless_it_never_had_one() throws Exception {
    var guard = new StoreGuard(home("home"), vault());
    assertThat(guard.objection()).isEmpty();
    try (var store = open(home("home"))) {
      guard.settle(store.identity(), false);
      freeze(store, new HandMade(), 1);
    }
    assertThat(guard.objection()).isEmpty();
    Files.write(StoreFiles.in(directory.resolve("home")).database(), new byte[0]);
    assertThat(guard.objection()).isPresent();
    guard.makeRoom(now.get());
    assertThat(guard.objection()).isEmpty();
  }

  /// Neither of the two commands that are told sends to the other.
  @Test
  void a_damaged_store_of_which_nothing_can_be_saved_makes_room_for_a_new_one() throws Exception {
    String before = furnished();
    overwrite("damage damage da");
    var offline = new OfflineStore(home("home"), vault(), now::get);
    assertThatThrownBy(() -> offline.repair(Actor.SALVOR))
        .isInstanceOfSatisfying(
            BackupFailed.class, it -> assertThat(it.hint()).contains("serve --new-store"));
    Path moved = new StoreGuard(home("home"), vault()).makeRoom(now.get()).orElseThrow();
    assertThat(moved.resolve("salvor.db")).content(ISO_8859_1).startsWith("damage damage da");
    assertThat(store(home("home"))).isNotEqualTo(before);
  }

  @Test
  void a_store_that_is_known_to_be_damaged_is_moved_aside_with_what_is_known() throws Exception {
    String before = furnished();
    new StoreMark(home("home")).note(List.of("record 1: it does not follow"));
    Path moved = new StoreGuard(home("home"), vault()).makeRoom(now.get()).orElseThrow();
    assertThat(moved.resolve("damaged")).hasContent("record 1: it does not follow");
    assertThat(store(home("home"))).isNotEqualTo(before);
  }

  @Test
  void a_database_of_something_else_makes_room_too() throws Exception {
    Path database = StoreFiles.in(Disk.folder(directory.resolve("home"))).database();
    Disk.folder(Disk.parent(database));
    sql(database, "CREATE TABLE dishes (name)");
    var guard = new StoreGuard(home("home"), vault());
    assertThat(guard.objection())
        .hasValueSatisfying(it -> assertThat(it.what()).contains("not a store of Salvor"));
    assertThat(guard.makeRoom(now.get())).isPresent();
    assertThat(guard.objection()).isEmpty();
  }

  @Test
  void a_store_that_is_whole_stays_and_so_does_one_that_only_a_newer_program_knows()
      throws Exception {
    String before = furnished();
    var guard = new StoreGuard(home("home"), vault());
    assertThat(guard.makeRoom(now.get())).isEmpty();
    assertThat(store(home("home"))).isEqualTo(before);
    sql(StoreFiles.in(directory.resolve("home")).database(), "ALTER TABLE meta RENAME TO later");
    sql(StoreFiles.in(directory.resolve("home")).database(), "PRAGMA user_version = 999");
    assertThat(guard.makeRoom(now.get())).isEmpty();
    try (var repairing = new Repairing(home("home"), vault(), now::get)) {
      assertThatThrownBy(repairing::plan)
          .isInstanceOf(BackupFailed.class)
          .hasMessageContaining("999");
    }
  }

  private String furnished() {
    try (var store = open(home("home"))) {
      freeze(store, new HandMade(), 3);
      return store.identity().lineage().toString();
    }
  }

  private void overwrite(String bytes) throws IOException {
    Path database = StoreFiles.in(directory.resolve("home")).database();
    try (var channel = FileChannel.open(database, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)), 0);
    }
  }

  private static void sql(Path database, String statement) throws SQLException {
    try (var raw = DriverManager.getConnection("jdbc:sqlite:" + database);
        var open = raw.createStatement()) {
      open.execute(statement);
    }
  }

  /// A second home, of which there is a backup, while the first has a store of its own.
  private Restoring.Step anotherHomes(Vault others) throws Exception {
    home("other").create();
    try (var store = open(home("other"))) {
      freeze(store, new HandMade(), 2);
      var secrets = Secrets.of(home("other"), Optional.empty(), java.util.Map.of());
      var source = new Backups.Source(home("other"), store, secrets, now::get, "test");
      Backups.of(source, others, Retention.USUAL, noted::add).create(Occasion.SCHEDULE);
    }
    return new Restoring(home("home"), others, now::get).plan(new Target.Latest());
  }

  @Test
  void a_restore_of_another_store_that_fails_leaves_the_home_the_one_that_it_has()
      throws Exception {
    try (var store = open(home("home"))) {
      freeze(store, new HandMade(), 3);
      create(store);
    }
    Vault others = new BackupPlaces(directory.resolve("backups")).of(home("other"));
    Restoring.Step step = anotherHomes(others);
    Disk.remove(others.folder()); // nothing can be made of it any more
    var secrets = Secrets.of(home("home"), Optional.empty(), java.util.Map.of());
    var beside = new Restoring.Beside(Work.with(home("home")), secrets, vault());
    var restoring = new Restoring(home("home"), others, now::get);
    assertThatThrownBy(() -> restoring.restore(step, Actor.SALVOR, Optional.of(beside)))
        .isInstanceOf(IOException.class);
    try (var store = open(home("home"))) {
      assertThat(vault().lineages().isCurrent(store.identity().lineage().toString())).isTrue();
    }
  }

  @Test
  void a_restore_that_was_killed_before_the_old_store_was_moved_is_brought_to_its_end()
      throws Exception {
    try (var store = open(home("home"))) {
      freeze(store, new HandMade(), 3);
      create(store);
    }
    Vault others = new BackupPlaces(directory.resolve("backups")).of(home("other"));
    Restoring.Step step = anotherHomes(others);
    vault().enter(step.backup().getLineage(), step.plan().epoch());
    var environment = java.util.Map.of("SALVOR_BACKUPS", directory.resolve("backups").toString());
    var whose = new OfflineBackups.Whose(Optional.of(others.key()), Optional.empty());
    try (var offline =
        new OfflineBackups(home("home"), BackupSettings.DEFAULT, whose, environment, now::get)) {
      RestoreReport report = offline.restore(Optional.empty(), Actor.SALVOR);
      assertThat(report.getStoreEpoch()).isGreaterThan(step.plan().epoch());
    }
    assertThat(store(home("home"))).isEqualTo(step.backup().getLineage());
    assertThat(new StoreGuard(home("home"), vault()).objection()).isEmpty();
    try (var store = open(home("home"))) {
      assertThat(create(store)).isInstanceOf(Backups.Outcome.Made.class);
    }
  }
}
