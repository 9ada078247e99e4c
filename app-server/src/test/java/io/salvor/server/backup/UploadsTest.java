package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.salvor.domain.backup.Retention;
import io.salvor.offhost.RemoteAddress;
import io.salvor.server.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13: whatever goes wrong on the way to a place elsewhere, it is tried again.
final class UploadsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path directory;
  private Vault vault;

  @BeforeEach
  void vault() throws IOException {
    vault = new BackupPlaces(directory.resolve("backups")).of(new Home(directory.resolve("home")));
    Files.createDirectories(vault.folder());
  }

  private Path elsewhere() {
    return directory.resolve("elsewhere");
  }

  private Uploads uploads(RemoteAddress address) {
    return new Uploads("nas", address, vault, Retention.USUAL, () -> NOW, Map.of());
  }

  /// Nobody can make a folder of this name now, whoever it is.
  private Path hindrance() throws IOException {
    return Files.createFile(vault.folder().resolve("targets"));
  }

  @Test
  void a_state_that_cannot_be_written_is_told_and_written_by_the_next_pass() throws Exception {
    Path hindrance = hindrance();
    Uploads uploads = uploads(new RemoteAddress.Directory(elsewhere()));
    uploads.start();
    await().atMost(PATIENCE).until(() -> uploads.trouble().isPresent());
    assertThat(uploads.trouble().orElseThrow())
        .startsWith("how it stands with nas is not kept: ")
        .contains(hindrance.toString());

    Files.delete(hindrance);
    uploads.wake();
    await().atMost(PATIENCE).until(() -> !new TargetStates(vault).all().isEmpty());
    await().atMost(PATIENCE).until(() -> uploads.trouble().isEmpty());
    uploads.stop();
  }

  @Test
  void what_is_wrong_with_a_place_is_told_where_that_cannot_be_written_down_too() throws Exception {
    hindrance();
    Path none = directory.resolve("no-key");
    Uploads uploads = uploads(new RemoteAddress.Sftp("127.0.0.1", 1, "anna", none, none, "/x"));
    uploads.pass();
    assertThat(uploads.trouble().orElseThrow())
        .startsWith("backups are not brought to nas: ")
        .contains(none.toString());
  }

  @Test
  void what_was_cut_short_and_not_gone_on_with_is_removed_there() throws Exception {
    Path generation = elsewhere().resolve(vault.key()).resolve("20260228T100000000Z");
    Path left = cutShort(generation.resolve(".new-store.db"), NOW.minus(Duration.ofHours(2)));
    Path fresh = cutShort(generation.resolve(".new-another"), NOW.minus(Duration.ofMinutes(30)));
    Path others =
        cutShort(
            elsewhere().resolve("another-home/g/.new-store.db"), NOW.minus(Duration.ofDays(9)));
    uploads(new RemoteAddress.Directory(elsewhere())).pass();
    assertThat(left).doesNotExist();
    assertThat(fresh).exists();
    assertThat(others).exists();
  }

  private static Path cutShort(Path file, Instant at) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "half");
    return Files.setLastModifiedTime(file, FileTime.from(at));
  }
}
