package io.salvor.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.server.config.ServerConfig;
import io.salvor.server.config.UpkeepSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What agents wrote grows with every attempt; what is kept of it does not grow for ever.
final class RecorderKeepingTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path attempts;

  private Path recorder(String name, int bytes, Duration age) throws IOException {
    Path folder = Files.createDirectories(attempts.resolve(name));
    Path stdout = Files.writeString(folder.resolve("stdout"), "one line\n".repeat(bytes / 9));
    Path exit = Files.writeString(folder.resolve("exit"), "0");
    for (Path it : new Path[] {stdout, exit}) {
      Files.setLastModifiedTime(it, FileTime.from(NOW.minus(age)));
    }
    return folder;
  }

  private RecorderKeeping keeping(String config, String inUse) throws IOException {
    Path file = Files.writeString(attempts.resolveSibling("keeping.toml"), config);
    UpkeepSettings settings = ServerConfig.read(file).upkeep();
    return new RecorderKeeping(
        attempts, settings, (task, number) -> (task + "/" + number).equals(inUse));
  }

  @Test
  void an_ended_attempts_output_is_compressed_and_still_read_at_any_place() throws Exception {
    Path old = recorder("a/1", 90_000, Duration.ofDays(2));
    Path young = recorder("a/2", 90_000, Duration.ofHours(2));
    Path open = recorder("b/1", 90_000, Duration.ofDays(2));
    RecorderKeeping.Done done = keeping("", "b/1").runOnce(NOW);
    assertThat(done.compressed()).isEqualTo(1);
    assertThat(old.resolve("stdout")).doesNotExist();
    assertThat(old.resolve("stdout.gz")).exists();
    assertThat(Files.size(old.resolve("stdout.gz"))).isLessThan(9_000);
    assertThat(young.resolve("stdout")).exists();
    assertThat(open.resolve("stdout")).exists();

    try (var output = new RecordedOutput(old.resolve("stdout"))) {
      assertThat(output.length()).isEqualTo(90_000);
      assertThat(text(output, 9 * 50, 8)).isEqualTo("one line");
      assertThat(text(output, 4, 4)).isEqualTo("line");
      assertThat(output.read(100_000, 10)).isEmpty();
      assertThat(text(output, 89_999, 10)).isEqualTo("\n");
      assertThat(output.read(90_000, 10)).isEmpty();
    }
    assertThat(keeping("", "b/1").runOnce(NOW).compressed()).isZero();
  }

  @Test
  void a_reader_that_goes_forward_line_by_line_opens_what_is_compressed_once() throws Exception {
    Path old = recorder("a/1", 900_000, Duration.ofDays(2));
    keeping("", "").runOnce(NOW);

    try (var output = new RecordedOutput(old.resolve("stdout"))) {
      assertThat(text(output, 0, 10)).isEqualTo("one line\no");
      Files.delete(old.resolve("stdout.gz"));
      assertThat(text(output, 9, 10)).isEqualTo("one line\no");
      for (long offset = 18; offset < 900_000; offset += 8 * 9_000) {
        assertThat(text(output, offset, 65_536)).startsWith("one line\n");
      }
      assertThat(text(output, 900_000 - 9, 10)).isEqualTo("one line\n");
      assertThat(output.read(900_000, 10)).isEmpty();
    }
  }

  private static String text(RecordedOutput output, long offset, int most) throws IOException {
    return new String(output.read(offset, most), StandardCharsets.UTF_8);
  }

  @Test
  void what_is_old_is_removed_and_what_is_too_much_goes_oldest_first() throws Exception {
    Path ancient = recorder("a/1", 9_000, Duration.ofDays(100));
    Path first = recorder("a/2", 1_200_000, Duration.ofHours(9));
    Path second = recorder("a/3", 1_200_000, Duration.ofHours(8));
    Path open = recorder("b/1", 9_000, Duration.ofDays(100));
    RecorderKeeping.Done done = keeping("[upkeep]\nmost_output = \"2MiB\"\n", "b/1").runOnce(NOW);
    assertThat(done.removed()).isEqualTo(2);
    assertThat(ancient.resolve("stdout")).doesNotExist();
    assertThat(first.resolve("stdout")).doesNotExist();
    assertThat(second.resolve("stdout")).exists();
    assertThat(open.resolve("stdout")).exists();
    assertThat(ancient).isDirectory();
  }

  @Test
  void a_disk_that_gets_short_is_said_once_and_is_over_when_twice_the_reserve_is_free() {
    var free = new java.util.concurrent.atomic.AtomicLong(100);
    var watch = new DiskWatch("/home", free::get, 50);
    assertThat(watch.runOnce()).isEmpty();
    free.set(49);
    assertThat(watch.runOnce()).hasValueSatisfying(it -> assertThat(it).contains("make room"));
    free.set(99);
    assertThat(watch.runOnce()).isPresent();
    free.set(100);
    assertThat(watch.runOnce()).isEmpty();
    free.set(-1);
    assertThat(watch.runOnce()).isEmpty();
  }
}
