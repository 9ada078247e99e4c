package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.salvor.v1.Agent;
import io.salvor.v1.AgentLack;
import io.salvor.v1.AgentServiceGrpc;
import io.salvor.v1.CheckAgentsRequest;
import io.salvor.v1.CheckAgentsResponse;
import io.salvor.v1.ListAgentsResponse;
import io.salvor.v1.NamedAgent;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands about agents.
final class AgentCommandsTest {
  private static final NamedAgent CLAUDE =
      NamedAgent.newBuilder()
          .setName("claude")
          .setProtocol(Agent.Protocol.CLAUDE)
          .setProfile(Agent.Profile.EDIT)
          .addCommand("claude")
          .setTakenByDefault(true)
          .setProgram("/usr/bin/claude")
          .build();

  private static final NamedAgent CODEX =
      NamedAgent.newBuilder()
          .setName("codex")
          .setProtocol(Agent.Protocol.CODEX)
          .setProfile(Agent.Profile.READ)
          .setModel("gpt-5.5")
          .addCommand("codex")
          .build();

  private static final NamedAgent COMMAND =
      NamedAgent.newBuilder()
          .setName("command")
          .setProtocol(Agent.Protocol.COMMAND)
          .setProfile(Agent.Profile.EDIT)
          .build();

  @TempDir private Path directory;
  private FakeServer server;
  private Cli cli;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
    server.on(
        AgentServiceGrpc.getListAgentsMethod(),
        _ ->
            ListAgentsResponse.newBuilder()
                .addAgents(CLAUDE)
                .addAgents(CODEX)
                .addAgents(COMMAND)
                .build());
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
  }

  @Test
  void the_list_tells_where_each_is_and_which_is_taken_by_default() {
    assertThat(cli.run("agents", "list").out())
        .isEqualTo(
            """
            * claude   claude   edit  its own model  /usr/bin/claude
              codex    codex    read  gpt-5.5        not installed
              command  command  edit  its own model  named by the task, after --
            """);
  }

  @Test
  void the_list_is_the_message_where_json_is_asked_for() throws IOException {
    var parsed = ListAgentsResponse.newBuilder();
    JsonFormat.parser().merge(cli.run("agents", "list", "-o", "json").out(), parsed);
    assertThat(parsed.getAgentsCount()).isEqualTo(3);
    assertThat(cli.run("agents", "list", "-o", "jsonl").out().lines()).hasSize(3);
  }

  @Test
  void a_check_tells_versions_and_what_installs_what_is_missing() {
    checkAnswers(seen(), missing());
    var result = cli.run("agents", "check");
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            ok       claude 2.1.197  /usr/bin/claude
            lacking  codex
                     there is no program codex
                       try: npm install -g @openai/codex
            """);
  }

  @Test
  void a_version_that_was_not_seen_is_no_lack_but_is_told() {
    checkAnswers(seen().setVersion("9.0.0").setVersionSeen(false).addSeenVersions("2.1.197"));
    assertThat(cli.run("agents", "check").out())
        .isEqualTo(
            "ok       claude 9.0.0 (not a version that salvor was tried with: 2.1.197)"
                + "  /usr/bin/claude\n");
  }

  @Test
  void a_check_of_one_by_name_fails_where_it_cannot_run() {
    checkAnswers(missing());
    assertThat(cli.run("agents", "check", "codex").exit()).isEqualTo(1);
    assertThat(server.asked(CheckAgentsRequest.class).getLast().getNamesList())
        .containsExactly("codex");
  }

  @Test
  void a_check_of_all_fails_where_none_can_run() {
    checkAnswers(missing());
    assertThat(cli.run("agents", "check").exit()).isEqualTo(1);
  }

  private void checkAnswers(NamedAgent.Builder... agents) {
    var answer = CheckAgentsResponse.newBuilder();
    for (NamedAgent.Builder agent : agents) {
      answer.addAgents(agent);
    }
    server.on(AgentServiceGrpc.getCheckAgentsMethod(), _ -> answer.build());
  }

  private static NamedAgent.Builder seen() {
    return CLAUDE.toBuilder().setVersion("2.1.197").setVersionSeen(true);
  }

  private static NamedAgent.Builder missing() {
    return CODEX.toBuilder()
        .addLacks(
            AgentLack.newBuilder()
                .setWhat("there is no program codex")
                .setCommand("npm install -g @openai/codex"));
  }
}
