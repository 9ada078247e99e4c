package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.v1.GetConfigResponse;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class ConfigShowTest {
  @TempDir Path directory;
  private Cli cli;
  private StandInProgram program;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    program = new StandInProgram(directory);
    Files.createDirectories(cli.home());
  }

  @AfterEach
  void forget() {
    program.close();
  }

  @Test
  void each_value_is_shown_with_where_it_comes_from() throws IOException {
    try (var server = FakeServer.inHome(cli.home())) {
      server.on(
          InstanceServiceGrpc.getGetConfigMethod(),
          _ ->
              GetConfigResponse.newBuilder()
                  .addSettings(
                      Setting.newBuilder()
                          .setKey("listen")
                          .setValue("127.0.0.1:0")
                          .setSource(Setting.Source.FLAG)
                          .setWhere("--listen"))
                  .addSettings(
                      Setting.newBuilder()
                          .setKey("max_concurrent")
                          .setValue("4")
                          .setSource(Setting.Source.DEFAULT))
                  .build());
      var result = cli.with("SALVOR_ACTOR", "user:bob").run("config", "show");
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out().lines().map(it -> it.replaceAll(" +", " ")))
          .containsExactly(
              "home " + cli.home() + " environment SALVOR_HOME",
              "server that of the home default",
              "actor user:bob environment SALVOR_ACTOR",
              "agent the server's choice default",
              "listen 127.0.0.1:0 flag --listen",
              "max_concurrent 4 default");
      assertThat(cli.run("config", "show", "-o", "json").out())
          .contains("\"key\": \"max_concurrent\"")
          .contains("\"source\": \"FLAG\"");
      String home = cli.home().toString();
      cli.with("SALVOR_HOME", "/elsewhere");
      assertThat(cli.run("config", "show", "--home", home).out()).contains("flag --home");
    }
  }

  @Test
  void without_a_server_its_program_says_what_it_would_go_by() throws IOException {
    program.says(
        "echo '{\"settings\": [{\"key\": \"http\", \"value\": \"h\", \"source\": \"DEFAULT\"}]}'");
    var result = cli.run("config", "show");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).containsPattern("http +h +default");
  }

  @Test
  void a_file_that_cannot_be_meant_is_told() throws IOException {
    program.says("echo 'salvor: unknown settings [colour]' >&2; exit 2");
    var result = cli.run("config", "show");
    assertThat(result.exit()).isEqualTo(7);
    assertThat(result.err()).contains("unknown settings [colour]");
  }
}
