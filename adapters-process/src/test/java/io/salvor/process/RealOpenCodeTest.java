package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.LabBench.Run;
import io.salvor.process.lab.OpenCodeCli;
import io.salvor.process.lab.ScriptedModel;
import io.salvor.process.lab.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// OpenCode itself.
@Order(1)
final class RealOpenCodeTest extends RealAgentContract {
  RealOpenCodeTest() {
    super(new OpenCodeCli());
  }

  @Override
  Usage twoTurns() {
    return new Usage(1600, 100, 400, 0, 2, Optional.of(new MicroUsd(1_840)), CostSource.RESULT);
  }

  @Test
  void a_resumed_session_counts_from_nothing_Z22() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      LabBench bench = bench(model);
      Agent agent = bench.agent(PermissionProfile.EDIT);
      Run first = bench.run(bench.order(agent, Optional.empty()));
      Run second = bench.run(bench.order(agent, Optional.of(first.session())));

      assertThat(second.usage())
          .isEqualTo(
              new Usage(800, 50, 200, 0, 1, Optional.of(new MicroUsd(920)), CostSource.RESULT));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, PROVIDER_AUTH",
    "403, PROVIDER_AUTH",
    "429, PROVIDER_RATE_LIMITED",
    "500, PROVIDER_OUTAGE",
    "529, PROVIDER_OVERLOADED",
    "404, MODEL_UNAVAILABLE",
    "400, ERROR"
  })
  void what_its_provider_answers_is_told_by_its_status_Z20(int status, Verdict verdict)
      throws Exception {
    try (ScriptedModel model = new ScriptedModel(List.of(Turn.fail(status)))) {
      assertThat(bench(model).run(PermissionProfile.EDIT).only(AgentEvent.Terminal.class))
          .extracting(AgentEvent.Terminal::verdict)
          .containsExactly(verdict);
    }
  }

  /// Such rules come after those that are given to all agents.
  @Test
  void the_read_profile_holds_against_what_the_user_allows_its_usual_agent_Z18() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      LabBench bench = bench(model);
      Path file = directory.resolve("user/.config/opencode/opencode.json");
      String allowed =
          """
          "permission": {"*": "allow", "bash": "allow"},
          "agent": {"build": {"permission": {"bash": "allow", "edit": "allow"}}},
          """;
      String config = Files.readString(file);
      Files.writeString(file, "{" + allowed + config.strip().substring(1));

      Run run = bench.run(PermissionProfile.READ);

      assertThat(run.lastWord().deniedTools()).containsExactly("bash");
      assertThat(LabBench.git(bench.worktree, "log", "--format=%s")).isEqualTo("base\n");
    }
  }
}
