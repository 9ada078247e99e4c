package io.salvor.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Places;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the launcher makes its quick starts of.
final class RehearsalTest {
  @TempDir Path build;

  @Test
  void the_usual_commands_go_well_and_leave_the_server_s_cache() throws Exception {
    Path cache = build.resolve("server.aot");
    Process rehearsal =
        new ProcessBuilder(
                Places.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dsalvor.java=" + Places.java(),
                "-Dsalvor.server.lib=" + Places.serverJars(),
                "-Dsalvor.version.dir=" + build,
                "-cp",
                Places.cliJars() + "/*",
                "io.salvor.cli.Rehearsal",
                cache.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(rehearsal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(rehearsal.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain("rehearsal: this failed");
    assertThat(cache).isNotEmptyFile();
  }
}
