package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.backup.Retention;
import io.salvor.domain.backup.Segment;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.HandMade;
import io.salvor.offhost.RemoteAddress;
import io.salvor.offhost.RemoteFolder;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Z13: what cannot be read of one backup takes nothing from the others.
final class UnreadableTest {
  private static final byte[] NO_TEXT = {'{', (byte) 0xff, '}'};

  @TempDir private Path directory;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
  private final HandMade hand = new HandMade();
  private Home home;
  private Vault vault;

  @BeforeEach
  void two_backups() throws Exception {
    home = new Home(directory.resolve("home"));
    home.create();
    Files.writeString(home.config(), "");
    vault = new BackupPlaces(directory.resolve("backups")).of(home);
    worked();
    worked();
  }

  private void worked() throws InterruptedException {
    now.updateAndGet(it -> it.plusSeconds(7_200));
    var settings = new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0);
    try (var store = SqliteStore.open(StoreFiles.in(home.root()), settings, now::get)) {
      var fact = new InstanceFact.Frozen(Freeze.Level.SOFT, "x");
      store.log().appendDurably(List.of(hand.decide(Optional.empty(), fact)));
      var secrets = Secrets.of(home, Optional.empty(), Map.of());
      var source = new Backups.Source(home, store, secrets, now::get, "test");
      assertThat(Backups.of(source, vault, Retention.USUAL, _ -> {}).create(Occasion.SCHEDULE))
          .isInstanceOf(Backups.Outcome.Made.class);
    }
  }

  private Path file(Backup backup, String name) {
    return vault.place(backup.getGeneration()).resolve(name);
  }

  @Test
  void a_manifest_of_bytes_that_are_no_text_marks_that_one_alone() throws Exception {
    Backup older = vault.backups().getLast();
    Files.write(file(older, Vault.MANIFEST), NO_TEXT);
    assertThat(vault.backup(older.getGeneration()).orElseThrow().getProblemsList())
        .singleElement()
        .asString()
        .contains("manifest", "not text");
    assertThat(vault.backups()).filteredOn(it -> it.getProblemsCount() == 0).hasSize(1);
    worked();
    assertThat(vault.backups()).filteredOn(it -> it.getProblemsCount() == 0).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"drill.json", "damaged"})
  void what_lies_beside_a_manifest_and_is_no_text_hides_no_backup(String name) throws Exception {
    Backup one = vault.backups().getFirst();
    Files.write(file(one, name), NO_TEXT);
    assertThat(vault.backups()).hasSize(2);
    assertThat(vault.backup(one.getGeneration()).orElseThrow().getProblemsCount())
        .isEqualTo(name.equals("damaged") ? 1 : 0);
  }

  @Test
  void a_list_of_stores_that_is_none_is_named_with_the_way_out() throws Exception {
    Files.writeString(vault.folder().resolve(Vault.LINEAGES), "what\n");
    assertThatThrownBy(vault::lineages)
        .isInstanceOfSatisfying(
            BackupFailed.class, it -> assertThat(it.hint()).contains("mv ", Vault.LINEAGES))
        .hasMessageContaining("lineages has a line");
  }

  @Test
  void a_manifest_that_was_changed_in_one_digit_is_found_out() throws Exception {
    Backup one = vault.backups().getFirst();
    Path manifest = file(one, Vault.MANIFEST);
    String text = Files.readString(manifest);
    assertThat(text).contains("\"lastSeq\": \"2\"");
    Files.writeString(manifest, text.replace("\"lastSeq\": \"2\"", "\"lastSeq\": \"9002\""));
    var lists = new BackupLists(new BackupPlaces(directory.resolve("backups")), vault);

    assertThat(lists.verify(Optional.of(one.getGeneration())).getBackups(0).getProblemsList())
        .singleElement()
        .asString()
        .contains("not what the manifest says");
    worked();
  }

  @Test
  void manifests_that_went_bad_here_remove_nothing_elsewhere() throws Exception {
    for (int i = 0; i < 4; i++) {
      worked();
    }
    var few = new Retention(0, 0, 0);
    try (RemoteFolder folder =
        new RemoteAddress.Directory(directory.resolve("elsewhere")).open(Map.of())) {
      new Upload(vault, Retention.USUAL).run(folder, _ -> {});
      for (Backup it : vault.backups()) {
        Files.write(file(it, Vault.MANIFEST), new byte[100]);
      }
      new Upload(vault, few).run(folder, _ -> {});
      assertThat(kept()).contains("lastSeq\": \"6", "lastSeq\": \"5", "lastSeq\": \"4");
    }
  }

  @Test
  void of_a_place_with_one_bad_manifest_the_others_are_restored() throws Exception {
    Path copied = directory.resolve("copied");
    try (RemoteFolder folder = new RemoteAddress.Directory(copied).open(Map.of())) {
      new Upload(vault, Retention.USUAL).run(folder, _ -> {});
      String older = vault.backups().getLast().getGeneration();
      Files.writeString(copied.resolve(vault.key()).resolve(older).resolve(Vault.MANIFEST), "");
      var bare = new Vault(directory.resolve("bare").resolve(vault.key()));
      new Mirror(new Remote(folder, vault.key()), bare).catalogue();
      assertThat(bare.backups()).hasSize(2);
      assertThat(bare.lineages().all()).hasSize(1);
    }
  }

  @Test
  void while_a_manifest_cannot_be_read_no_segment_is_removed() throws Exception {
    Backup older = vault.backups().getLast();
    var segment =
        new Segment(
            older.getLineage(),
            older.getStoreEpoch(),
            older.getLastSeq() + 1,
            older.getLastSeq() + 2,
            now.get(),
            older.getLastId(),
            "f".repeat(16),
            false);
    Path file = vault.segments().place(segment);
    Files.createDirectories(vault.segments().folder());
    Files.writeString(file, "");
    Path manifest = file(older, Vault.MANIFEST);
    byte[] whole = Files.readAllBytes(manifest);
    for (Backup it : vault.backups()) {
      Files.write(file(it, Vault.MANIFEST), NO_TEXT);
    }
    vault.prune(Retention.USUAL, false);
    assertThat(file).exists();
    Files.write(manifest, whole);
    assertThat(vault.backup(older.getGeneration())).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoch=x", "lineage=a\nepoch=x", "\\u12", ""})
  void an_identity_that_is_none_is_named_with_the_way_out(String text) throws Exception {
    Path file = Files.writeString(home.root().resolve(Identity.FILE), text);
    assertThatThrownBy(() -> Identity.of(home))
        .isInstanceOfSatisfying(
            BackupFailed.class, it -> assertThat(it.hint()).contains("mv " + file))
        .hasMessageContaining("does not say which store");
  }

  @Test
  void secrets_behind_a_link_are_secrets_too() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("vault"));
    Files.writeString(elsewhere.resolve("api.key"), "hidden");
    Files.deleteIfExists(home.secrets());
    Files.createSymbolicLink(home.secrets(), elsewhere);
    worked();
    assertThat(vault.backups().getFirst().getNotCoveredList())
        .anySatisfy(it -> assertThat(it).contains("api.key"));
  }

  @Test
  void a_generation_that_was_pruned_here_on_its_way_does_not_stay_there_in_pieces()
      throws Exception {
    Path there = directory.resolve("elsewhere").resolve(vault.key());
    try (RemoteFolder folder =
        new RemoteAddress.Directory(directory.resolve("elsewhere")).open(Map.of())) {
      folder.put(vault.key() + "/20260101T000000000Z/store.db", home.config());
      new Upload(vault, Retention.USUAL).run(folder, _ -> {});
    }
    assertThat(there.resolve("20260101T000000000Z/store.db")).doesNotExist();
    assertThat(there.resolve(vault.backups().getLast().getGeneration())).isNotEmptyDirectory();
  }

  private String kept() throws IOException {
    var text = new StringBuilder();
    for (Path it : Disk.files(directory.resolve("elsewhere"))) {
      if (it.endsWith(Vault.MANIFEST)) {
        text.append(Files.readString(it));
      }
    }
    return text.toString();
  }
}
