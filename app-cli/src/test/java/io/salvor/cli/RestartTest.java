package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.StopServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that works is not ended for one that would not start.
@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class RestartTest {
  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;
  private StandInProgram program;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    Files.createDirectories(cli.home());
    server = FakeServer.inHome(cli.home());
    program = new StandInProgram(directory);
    program.says("echo 'salvor: unknown setting max_concurent' >&2; exit 2");
  }

  @AfterEach
  void end() {
    program.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"restart", "restart --listen nonsense", "serve"})
  void a_server_runs_on_where_the_next_one_would_not_start(String words) {
    server.on(
        InstanceServiceGrpc.getGetStatusMethod(),
        _ -> InstanceStatus.newBuilder().setPid(42).setExitsWhenIdle(true).build());
    var result = cli.run(words.split(" "));
    assertThat(result.exit()).isEqualTo(7);
    assertThat(result.err()).contains("unknown setting max_concurent");
    assertThat(server.asked(StopServerRequest.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"restart", "serve"})
  void a_server_elsewhere_is_neither_ended_nor_replaced_by_one_here(String command) {
    var result = cli.run("--server", "127.0.0.1:1", command);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("not through a server elsewhere");
    assertThat(server.asked(StopServerRequest.class)).isEmpty();
  }
}
