package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13: what people put beside flight recorders does not keep a store from being restored.
final class LeftAttemptsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String TASK = "019cf2b5-27a7-7000-8000-000000000001";

  @TempDir private Path directory;

  @Test
  void what_is_no_flight_recorder_is_named_and_left_alone() throws Exception {
    Home home = new Home(directory.resolve("home"));
    home.create();
    StoreFiles files = StoreFiles.in(home.root());
    var settings = new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0);
    SqliteStore.open(files, settings, () -> NOW).close();
    Path attempts = home.attempts();
    Path later = Files.createDirectories(attempts.resolve(TASK).resolve("2"));
    var strange =
        List.of(
            attempts.resolve("1-1-1-1-1"),
            attempts.resolve(TASK + ".bak"),
            attempts.resolve(TASK).resolve("0"),
            attempts.resolve(TASK).resolve("2.bak"),
            attempts.resolve(TASK).resolve("99999999999"));
    for (Path it : strange) {
      Files.createDirectories(it);
    }

    var notes = new ArrayList<String>();
    new LeftAttempts(home).moveAside(files.database(), NOW, notes);

    assertThat(strange)
        .allSatisfy(it -> {
          assertThat(it).isDirectory();
          assertThat(notes).anyMatch(note -> note.startsWith(it + " is not of an attempt"));
        });
    Path aside = home.root().resolve("attempts.aside-" + NOW.toEpochMilli());
    assertThat(later).doesNotExist();
    assertThat(aside.resolve(TASK).resolve("2")).isDirectory();
    assertThat(notes).hasSize(strange.size() + 1).anyMatch(it -> it.contains("began later"));
  }
}
