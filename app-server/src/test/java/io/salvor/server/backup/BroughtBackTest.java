package io.salvor.server.backup;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.RestorePlan.Target;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.HandMade;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13: a restore that is cut short leaves no half of a file that the next one would keep: nothing
/// is written under its own name, it only gets it.
final class BroughtBackTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Map<String, String> PHRASE =
      Map.of("SALVOR_BACKUP_PASSPHRASE", "correct horse");

  @TempDir private Path directory;
  private Home home;
  private Home other;

  @BeforeEach
  void homes() throws IOException {
    home = new Home(directory.resolve("home"));
    home.create();
    other = new Home(directory.resolve("other"));
    other.create();
  }

  private interface Doing {
    void run() throws Exception;
  }

  /// The names in a folder under which something was written meanwhile.
  private static List<String> written(Path folder, Doing doing) throws Exception {
    try (var watch = folder.getFileSystem().newWatchService()) {
      folder.register(watch, ENTRY_CREATE, ENTRY_MODIFY);
      doing.run();
      Path end = Files.createFile(folder.resolve("end"));
      var written = new ArrayList<String>();
      while (true) {
        WatchKey key = watch.poll(60, TimeUnit.SECONDS);
        assertThat(key).as("what happened in %s, up to the end", folder).isNotNull();
        for (WatchEvent<?> it : key.pollEvents()) {
          if (end.getFileName().equals(it.context())) {
            return written;
          }
          if (!it.kind().equals(ENTRY_CREATE)) {
            written.add(String.valueOf(it.context()));
          }
        }
        key.reset();
      }
    }
  }

  @Test
  void a_configuration_is_whole_or_not_there() throws Exception {
    Files.writeString(home.config(), "max_concurrent = 7\n");
    Vault vault = backedUp();
    Path cut = Files.writeString(other.root().resolve(".new-config.toml"), "max_con");

    var restoring = new Restoring(other, vault, () -> NOW);
    Restoring.Step step = restoring.plan(new Target.Latest());
    List<String> written =
        written(other.root(), () -> restoring.restore(step, Actor.SALVOR, Optional.empty()));

    assertThat(other.config()).hasContent("max_concurrent = 7");
    assertThat(written).contains(".new-config.toml").doesNotContain("config.toml");
    assertThat(cut).doesNotExist();
  }

  private Vault backedUp() throws Exception {
    Vault vault = new BackupPlaces(directory.resolve("backups")).of(home);
    var settings = new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0);
    try (var store = SqliteStore.open(StoreFiles.in(home.root()), settings, () -> NOW)) {
      var fact = new InstanceFact.Frozen(Freeze.Level.SOFT, "x");
      store.log().appendDurably(List.of(new HandMade().decide(Optional.empty(), fact)));
      var secrets = Secrets.of(home, Optional.empty(), Map.of());
      var source = new Backups.Source(home, store, secrets, () -> NOW, "test");
      Backups.of(source, vault, Retention.USUAL, _ -> {}).create(Occasion.SCHEDULE);
    }
    return vault;
  }

  @Test
  void a_secret_is_whole_or_not_there() throws Exception {
    Files.writeString(home.secrets().resolve("nas.key"), "hidden");
    Path made = Files.createDirectories(directory.resolve("made"));
    Secrets.of(home, Optional.empty(), PHRASE).collect(made, Backup.newBuilder());
    Path cut = Files.writeString(other.secrets().resolve(".new-nas.key"), "hid");

    var secrets = Secrets.of(other, Optional.empty(), PHRASE);
    List<String> written =
        written(other.secrets(), () -> secrets.bringBack(made, new ArrayList<>()));

    Path key = other.secrets().resolve("nas.key");
    assertThat(key).hasContent("hidden");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(written).contains(".new-nas.key").doesNotContain("nas.key");
    assertThat(cut).doesNotExist();
  }

  @Test
  void what_is_there_stays() throws Exception {
    var mode = PosixFilePermissions.fromString("r--------");
    Path file = other.root().resolve("file");
    BroughtBack.write(file, new byte[] {1, 2}, mode);
    BroughtBack.write(file, new byte[] {3}, mode);
    assertThat(file).hasBinaryContent(new byte[] {1, 2});

    Path link = Files.createSymbolicLink(other.root().resolve("link"), directory.resolve("gone"));
    BroughtBack.write(link, new byte[] {3}, mode);
    assertThat(directory.resolve("gone")).doesNotExist();
  }
}
