package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.util.Durations;
import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.HandMade;
import io.salvor.offhost.RemoteAddress;
import io.salvor.offhost.RemoteFolder;
import io.salvor.server.config.BackupSettings;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.sqlite.HomeLock;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupDrill;
import io.salvor.v1.BackupTarget;
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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13 with real stores and folders: what was brought elsewhere is all that a bare machine needs.
final class OffHostTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final HandMade hand = new HandMade();
  private Home home;
  private Vault vault;

  @BeforeEach
  void home() throws IOException {
    home = new Home(directory.resolve("home"));
    home.create();
    vault = new BackupPlaces(directory.resolve("backups")).of(home);
    Files.writeString(home.config(), "max_concurrent = 7\n");
  }

  private RemoteFolder place() {
    return new RemoteAddress.Directory(directory.resolve("elsewhere")).open(Map.of());
  }

  /// Records, a generation or a segment of them, and both brought elsewhere.
  private BackupTarget worked(int records, boolean generation) throws Exception {
    var settings = new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0);
    now.updateAndGet(it -> it.plusSeconds(7_200));
    try (var store = SqliteStore.open(StoreFiles.in(home.root()), settings, now::get)) {
      for (int i = 0; i < records; i++) {
        var fact = new InstanceFact.Frozen(Freeze.Level.SOFT, "x");
        store.log().appendDurably(List.of(hand.decide(Optional.empty(), fact)));
      }
      var secrets = Secrets.of(home, Optional.empty(), Map.of());
      var source = new Backups.Source(home, store, secrets, now::get, "test");
      if (generation) {
        Backups.of(source, vault, Retention.USUAL, _ -> {}).create(Occasion.SCHEDULE);
      } else {
        new Shipper(store, vault, now::get).ship();
      }
    }
    return upload();
  }

  private BackupTarget upload() throws IOException {
    try (var folder = place()) {
      return new Upload(vault, Retention.USUAL).run(folder, _ -> {}).build();
    }
  }

  private OfflineBackups bare(String name, Optional<String> key) {
    return new OfflineBackups(
        new Home(directory.resolve(name)),
        BackupSettings.DEFAULT,
        new OfflineBackups.Whose(key, Optional.of(directory.resolve("elsewhere").toString())),
        Map.of("SALVOR_BACKUPS", directory.resolve("backups-of-" + name).toString()),
        now::get);
  }

  @Test
  void a_bare_machine_lists_verifies_and_restores_by_address_alone() throws Exception {
    worked(3, true);
    worked(4, true);
    BackupTarget there = worked(2, false);
    assertThat(there.getLastSeq()).isEqualTo(9);
    assertThat(there.getGeneration()).isEqualTo(vault.backups().getFirst().getGeneration());
    Disk.remove(vault.folder());
    Disk.remove(home.root());

    try (var bare = bare("bare", Optional.empty())) {
      assertThat(bare.list(false).getBackupsList())
          .extracting(Backup::getLastSeq, Backup::getReachedSeq)
          .containsExactly(tuple(7L, 9L), tuple(3L, 3L));
      assertThat(bare.list(true).getBackupsList()).hasSize(2);
      assertThat(bare.verify(Optional.empty()).getBackupsList())
          .hasSize(2)
          .allSatisfy(it -> assertThat(it.getProblemsList()).isEmpty());
      assertThat(bare.plan(Optional.of("8")).getLastSeq()).isEqualTo(8);
      RestoreReport report = bare.restore(Optional.empty(), Actor.SALVOR);
      assertThat(report.getLastSeq()).isEqualTo(9);
      assertThat(report.getSegments()).isEqualTo(1);
      assertThat(report.getStoreEpoch()).isEqualTo(2);
    }
    Home restored = new Home(directory.resolve("bare"));
    assertThat(ServerConfig.read(restored.config()).maxConcurrent()).isEqualTo(7);
    assertThat(restored.root().resolve("fetched")).doesNotExist();
    assertThat(new StoreGuard(restored, new Vault(directory.resolve("none"))).objection())
        .isEmpty();
  }

  @Test
  void a_look_at_a_restore_makes_no_home_and_does_not_mind_a_server() throws Exception {
    worked(3, true);
    worked(2, false);
    try (var bare = bare("bare", Optional.empty())) {
      assertThat(bare.look(Optional.empty()).getLastSeq()).isEqualTo(5);
      assertThat(directory.resolve("bare")).doesNotExist();
    }
    var self = new HomeLock.Holder(1, START);
    try (var own = bare("home", Optional.empty());
        var _ = ((HomeLock.Answer.Acquired) HomeLock.acquire(home.root(), self)).lock()) {
      assertThat(own.look(Optional.of("4")).getLostFirst()).isEqualTo(5);
      assertThatThrownBy(() -> own.plan(Optional.empty()))
          .isInstanceOf(BackupFailed.class)
          .hasMessageContaining("a server runs");
    }
  }

  @Test
  void what_is_there_already_is_neither_sent_again_nor_written_over() throws Exception {
    worked(3, true);
    try (var folder = place()) {
      List<RemoteFolder.File> before = folder.list("");
      var sent = new ArrayList<Integer>();
      new Upload(vault, Retention.USUAL).run(folder, sent::add);
      assertThat(sent).containsExactly(0);
      assertThat(folder.list("")).isEqualTo(before);
    }
  }

  @Test
  void a_generation_that_was_cut_short_on_its_way_does_not_count_and_is_finished_later()
      throws Exception {
    worked(3, true);
    Backup backup = vault.backups().getFirst();
    Path there = directory.resolve("elsewhere").resolve(vault.key());
    Files.delete(there.resolve(backup.getGeneration()).resolve(Vault.MANIFEST));
    Files.delete(there.resolve(backup.getGeneration()).resolve(Vault.STORE));
    try (var bare = bare("bare", Optional.of(vault.key()))) {
      assertThatThrownBy(() -> bare.list(false))
          .isInstanceOf(BackupFailed.class)
          .hasMessageContaining("no backups");
    }
    assertThat(upload().getLastSeq()).isEqualTo(3);
  }

  @Test
  void another_file_of_the_same_name_is_told_and_left_alone() throws Exception {
    worked(3, true);
    Backup backup = vault.backups().getFirst();
    Path there =
        directory.resolve("elsewhere").resolve(vault.key()).resolve(backup.getGeneration());
    Files.delete(there.resolve(Vault.MANIFEST));
    Files.writeString(there.resolve(Vault.STORE), "something else");
    assertThatThrownBy(this::upload)
        .isInstanceOf(BackupFailed.class)
        .hasMessageContaining("is not what was sent");
    assertThat(there.resolve(Vault.STORE)).hasContent("something else");
  }

  @Test
  void what_was_lost_or_went_bad_here_stays_there() throws Exception {
    worked(3, true);
    worked(3, true);
    Backup best = vault.backups().getFirst();
    vault.mark(best, List.of("rotten"));
    Disk.remove(vault.place(vault.backups().getLast().getGeneration()));
    upload();
    try (var bare = bare("bare", Optional.empty())) {
      assertThat(bare.list(false).getBackupsList()).hasSize(2);
      assertThat(bare.plan(Optional.empty()).getLastSeq()).isEqualTo(6);
    }
  }

  @Test
  void a_damaged_backup_there_is_passed_over_for_the_one_before_it() throws Exception {
    worked(3, true);
    worked(3, true);
    Backup best = vault.backups().getFirst();
    Path store =
        directory
            .resolve("elsewhere")
            .resolve(vault.key())
            .resolve(best.getGeneration())
            .resolve(Vault.STORE);
    byte[] bytes = Files.readAllBytes(store);
    bytes[bytes.length / 2] ^= 1;
    Files.write(store, bytes);
    try (var bare = bare("bare", Optional.empty())) {
      assertThat(bare.verify(Optional.empty()).getBackupsList())
          .filteredOn(it -> it.getProblemsCount() > 0)
          .singleElement()
          .satisfies(it -> assertThat(it.getGeneration()).isEqualTo(best.getGeneration()));
      assertThat(bare.restore(Optional.empty(), Actor.SALVOR).getLastSeq()).isEqualTo(3);
    }
  }

  @Test
  void a_damaged_segment_there_is_told_by_a_verification_and_by_a_restore() throws Exception {
    worked(3, true);
    worked(2, false);
    Path there = directory.resolve("elsewhere").resolve(vault.key()).resolve(SegmentFolder.NAME);
    Path segment = Disk.files(there).getFirst();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
    try (var bare = bare("bare", Optional.empty())) {
      VerifyBackupsResponse found = bare.verify(Optional.empty());
      assertThat(found.getSegments()).isEqualTo(1);
      assertThat(found.getDamagedSegmentsList())
          .singleElement()
          .satisfies(it -> assertThat(it.getName()).isEqualTo(segment.getFileName().toString()));
      assertThat(bare.restore(Optional.empty(), Actor.SALVOR).getLostList())
          .anySatisfy(it -> assertThat(it).startsWith("records 4 to 5, whose segment is damaged"));
    }
  }

  @Test
  void of_several_homes_the_one_that_is_meant_must_be_named() throws Exception {
    worked(3, true);
    try (var folder = place()) {
      folder.put("another-home/g/manifest.json", home.config());
    }
    try (var bare = bare("bare", Optional.empty())) {
      assertThatThrownBy(() -> bare.list(false))
          .isInstanceOf(BackupFailed.class)
          .hasMessageContaining(vault.key());
    }
  }

  @Test
  void a_place_that_is_not_known_is_refused_with_what_would_do() {
    assertThatThrownBy(() ->
            new OfflineBackups(
                home,
                BackupSettings.DEFAULT,
                new OfflineBackups.Whose(Optional.empty(), Optional.of("nas")),
                Map.of(),
                now::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("s3://BUCKET");
  }

  @Test
  void how_it_stands_is_kept_for_those_who_ask_later() throws Exception {
    worked(3, true);
    Path file = Files.writeString(directory.resolve("no-folder"), "");
    var uploads = new ArrayList<Uploads>();
    for (Path it : List.of(directory.resolve("elsewhere"), file.resolve("below"))) {
      uploads.add(
          new Uploads(
              "place" + uploads.size(),
              new RemoteAddress.Directory(it),
              vault,
              Retention.USUAL,
              now::get,
              Map.of()));
    }
    uploads.forEach(Uploads::pass);
    assertThat(uploads.getFirst().trouble()).isEmpty();
    assertThat(uploads.getLast().trouble()).isPresent();
    List<BackupTarget> told = new TargetStates(vault).all();
    assertThat(told.getFirst().getLastSeq()).isEqualTo(3);
    assertThat(told.getFirst().hasLastSuccessTime()).isTrue();
    assertThat(told.getLast().getTrouble()).isNotEmpty();
    new TargetStates(vault).keepOnly(List.of("place0"));
    assertThat(new TargetStates(vault).all()).hasSize(1);
  }

  @Test
  void a_store_that_no_backup_has_all_of_is_backed_up_before_another_takes_its_place()
      throws Exception {
    worked(3, true);
    String first = vault.backups().getFirst().getGeneration();
    worked(2, false);
    var settings = new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0);
    try (var store = SqliteStore.open(StoreFiles.in(home.root()), settings, now::get)) {
      var fact = new InstanceFact.Frozen(Freeze.Level.SOFT, "x");
      store.log().appendDurably(List.of(hand.decide(Optional.empty(), fact)));
    }
    now.updateAndGet(it -> it.plusSeconds(1));
    try (var here =
        new OfflineBackups(
            home,
            BackupSettings.DEFAULT,
            new OfflineBackups.Whose(Optional.empty(), Optional.empty()),
            Map.of("SALVOR_BACKUPS", directory.resolve("backups").toString()),
            now::get)) {
      RestoreReport report = here.restore(Optional.of(first), Actor.SALVOR);
      assertThat(report.getLastSeq()).isEqualTo(3);
      assertThat(vault.backup(report.getBackedUpFirst()).orElseThrow().getLastSeq()).isEqualTo(6);
      now.updateAndGet(it -> it.plusSeconds(1));
      assertThat(here.restore(Optional.of(report.getBackedUpFirst()), Actor.SALVOR).getLastSeq())
          .isEqualTo(6);
    }
  }

  @Test
  void what_lies_elsewhere_is_rehearsed_on_a_machine_that_has_nothing() throws Exception {
    worked(3, true);
    worked(2, false);
    Path args = directory.resolve("args");
    List<String> server = List.of("sh", "-c", "echo \"$@\" >" + args + "; exit 1", "server");
    try (var bare = bare("bare", Optional.empty())) {
      BackupDrill drill = bare.drill(Optional.empty(), server);
      assertThat(drill.getGeneration()).isEqualTo(vault.backups().getFirst().getGeneration());
      assertThat(drill.getFrom()).isEqualTo(directory.resolve("elsewhere").toString());
      assertThat(Durations.toNanos(drill.getFetchDuration())).isPositive();
      assertThat(drill.getStateHash()).isNotEmpty();
      assertThat(drill.getProblemsList())
          .singleElement()
          .satisfies(it -> assertThat(it).startsWith("the server did not answer"));
    }
    assertThat(args).content().contains("--only-look");
    assertThat(directory.resolve("bare")).doesNotExist();
    assertThat(directory.resolve("backups-of-bare")).doesNotExist();
  }

  private OfflineBackups ownHome(Optional<String> from) {
    return new OfflineBackups(
        home,
        BackupSettings.DEFAULT,
        new OfflineBackups.Whose(Optional.empty(), from),
        Map.of("SALVOR_BACKUPS", directory.resolve("backups").toString()),
        now::get);
  }

  /// A home that was restored from its own backups while the place elsewhere could not be reached,
  /// and whose store is lost then.
  private void restoredAndLost() throws Exception {
    worked(3, true);
    try (var here = ownHome(Optional.empty())) {
      assertThat(here.restore(Optional.empty(), Actor.SALVOR).getStoreEpoch()).isEqualTo(2);
    }
    assertThat(backedUp(2)).isInstanceOf(Backups.Outcome.Made.class);
    Disk.remove(Disk.parent(StoreFiles.in(home.root()).database()));
  }

  private Backups.Outcome backedUp(int records) throws InterruptedException {
    now.updateAndGet(it -> it.plusSeconds(7_200));
    var settings = new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0);
    try (var store = SqliteStore.open(StoreFiles.in(home.root()), settings, now::get)) {
      for (int i = 0; i < records; i++) {
        KillWorld.Written _ = KillWorld.append(store);
      }
      var secrets = Secrets.of(home, Optional.empty(), Map.of());
      var source = new Backups.Source(home, store, secrets, now::get, "test");
      return Backups.of(source, vault, Retention.USUAL, _ -> {}).create(Occasion.SCHEDULE);
    }
  }

  private long epochOfRestoreFromElsewhere() throws Exception {
    try (var there = ownHome(Optional.of(directory.resolve("elsewhere").toString()))) {
      long told = there.look(Optional.empty()).getStoreEpoch();
      assertThat(there.plan(Optional.empty()).getStoreEpoch()).isEqualTo(told);
      assertThat(there.restore(Optional.empty(), Actor.SALVOR).getStoreEpoch()).isEqualTo(told);
      return told;
    }
  }

  @Test
  void no_epoch_that_the_home_has_had_is_given_again_where_a_place_elsewhere_knows_of_none()
      throws Exception {
    restoredAndLost();
    Files.delete(home.root().resolve(Identity.FILE));
    assertThat(epochOfRestoreFromElsewhere()).isEqualTo(3);
    assertThat(backedUp(0)).isInstanceOf(Backups.Outcome.Made.class);
  }

  @Test
  void nor_where_only_the_home_itself_says_which_one_it_had() throws Exception {
    restoredAndLost();
    Disk.remove(vault.folder());
    assertThat(epochOfRestoreFromElsewhere()).isEqualTo(3);
  }

  @Test
  void what_the_home_says_of_itself_may_be_damaged() throws Exception {
    restoredAndLost();
    Files.writeString(home.root().resolve(Identity.FILE), "lineage=x\nepoch=many\n");
    assertThat(epochOfRestoreFromElsewhere()).isEqualTo(3);
  }
}
