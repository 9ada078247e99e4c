package io.salvor.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The tour as a process of its own that is ended by Ctrl-C while its server starts: a stand-in
/// that says its pid and never answers.
@Timeout(60)
final class DemoTest {
  @TempDir Path directory;
  private Path scratch;
  private Path said;

  @BeforeEach
  void prepare() throws Exception {
    scratch = Files.createDirectory(directory.resolve("tmp"));
    said = directory.resolve("pid");
    run("mkfifo", said.toString());
    Path program = directory.resolve("java");
    Files.writeString(program, "#!/bin/sh\necho $$ >'" + said + "'\nexec sleep 600\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private static void run(String... words) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(words).start().waitFor()).isZero();
  }

  private Process begin(String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:TieredStopAtLevel=1");
    words.add("-Djava.io.tmpdir=" + scratch);
    words.add("-Dsalvor.java=" + directory.resolve("java"));
    words.add("-Dsalvor.server.lib=" + directory);
    words.add("-Dsalvor.version.dir=" + directory);
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of("io.salvor.cli.Main", "demo"));
    words.addAll(List.of(options));
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    return builder.start();
  }

  private ProcessHandle server() throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(said).strip())).orElseThrow();
  }

  private static String interrupted(Process demo) throws Exception {
    run("kill", "-INT", Long.toString(demo.pid()));
    String written = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(demo.waitFor(30, SECONDS)).isTrue();
    return written;
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(scratch)) {
      return files.filter(it -> it.getFileName().toString().startsWith("salvor-demo-")).toList();
    }
  }

  @Test
  void a_tour_that_is_ended_by_a_signal_leaves_neither_a_server_nor_a_file() throws Exception {
    Process demo = begin();
    ProcessHandle server = server();
    try {
      String written = interrupted(demo);
      assertThat(demo.exitValue()).as(written).isEqualTo(11);
      assertThat(written).contains("Cleaned up").doesNotContain("TOUR_BROKEN", "Exception");
      assertThat(server.isAlive()).isFalse();
      assertThat(left()).isEmpty();
    } finally {
      server.destroyForcibly();
      demo.destroyForcibly();
    }
  }

  @Test
  void what_is_to_be_kept_is_kept_after_a_signal_too() throws Exception {
    Process demo = begin("--keep");
    ProcessHandle server = server();
    try {
      String written = interrupted(demo);
      assertThat(demo.exitValue()).as(written).isEqualTo(11);
      assertThat(written).contains("Kept, with its server running");
      assertThat(server.isAlive()).isTrue();
      assertThat(left()).hasSize(1);
    } finally {
      server.destroyForcibly();
      demo.destroyForcibly();
    }
  }
}
