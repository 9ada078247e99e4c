package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.Status;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.StopServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that cannot be asked to stop: a process stands in for one, that has its words on its
/// command line and the home's lock file open.
final class StopTest {
  @TempDir Path directory;
  private Cli cli;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "found by what Linux alone tells");
    cli = new Cli(directory);
    Path lock = Files.createDirectories(cli.home().resolve("run")).toRealPath().resolve("lock");
    process =
        new ProcessBuilder(
                "sh",
                "-c",
                "exec 3>\"$1\"; echo; read -r _",
                "io.salvor.server.Main",
                lock.toString())
            .start();
    assertThat(process.getInputStream().read()).as("holds the lock").isEqualTo('\n');
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--cancel", "--drain"})
  void what_only_a_word_to_the_server_can_bring_about_is_refused_where_it_cannot_be_said(
      String mode) {
    var result = cli.run("stop", mode);
    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("the server (pid " + process.pid() + ") cannot be told " + mode)
        .contains("no server answers in " + cli.home())
        .contains("try: salvor stop ");
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void a_server_that_nobody_can_reach_is_ended_by_a_signal() throws InterruptedException {
    var result = cli.run("stop");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains("the server (pid " + process.pid() + ") ends");
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "stop --cancel", "stop --drain"})
  void of_a_server_that_hangs_the_pid_is_told(String words) throws IOException {
    try (var server = FakeServer.inHome(cli.home())) {
      server.onStream(
          InstanceServiceGrpc.getStopServerMethod(),
          (_, replies) -> replies.onError(Status.DEADLINE_EXCEEDED.asException()));
      var result = cli.run(words.split(" "));
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .contains("the server (pid " + process.pid() + ") did not answer in time")
          .contains("try: kill " + process.pid());
      assertThat(server.asked(StopServerRequest.class)).hasSize(1);
    }
    assertThat(process.isAlive()).isTrue();
  }
}
