package io.salvor.process;

import static io.salvor.process.LabBench.git;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.LabBench.Run;
import io.salvor.process.lab.CodexCli;
import io.salvor.process.lab.ScriptedModel;
import io.salvor.process.lab.Turn;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Codex itself.
final class RealCodexTest extends RealAgentContract {
  RealCodexTest() {
    super(new CodexCli());
  }

  @Override
  Usage twoTurns() {
    return new Usage(1600, 100, 400, 0, 2, Optional.of(new MicroUsd(11_200)), CostSource.PRICED);
  }

  @Test
  void a_resumed_session_goes_on_counting_what_it_used_before_Z22() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      LabBench bench = bench(model);
      Agent agent = bench.agent(PermissionProfile.EDIT);
      Run first = bench.run(bench.order(agent, Optional.empty()));
      Run second = bench.run(bench.order(agent, Optional.of(first.session())));

      assertThat(second.usage().since(first.usage()))
          .isEqualTo(
              new Usage(800, 50, 200, 0, 1, Optional.of(new MicroUsd(5_600)), CostSource.PRICED));
    }
  }

  /// The output tells none of this before the turn is over, and nothing where it never is.
  @Test
  void tokens_money_and_model_are_known_while_it_works_Z22() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT, "echo more")) {
      Run run = bench(model).run(PermissionProfile.EDIT);

      assertThat(run.only(AgentEvent.SessionStarted.class).getFirst().model()).contains("gpt-5.5");
      Usage before = run.only(AgentEvent.Used.class).getFirst().total();
      assertThat(before.source()).isEqualTo(CostSource.ACCUMULATED);
      assertThat(before.cost())
          .hasValueSatisfying(
              cost -> assertThat(cost).isLessThan(run.usage().cost().orElseThrow()));
    }
  }

  @Test
  void its_own_choice_of_a_model_is_learnt_and_the_shell_behind_its_interpreter_commits()
      throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      LabBench bench = bench(model);
      Agent choosing =
          bench.agent(
              PermissionProfile.EDIT,
              bench.agent(PermissionProfile.EDIT).command(),
              Optional.empty());
      Run run = bench.run(bench.order(choosing, Optional.empty()));

      assertThat(git(bench.worktree, "log", "--format=%s")).isEqualTo("add a\nbase\n");
      assertThat(run.only(AgentEvent.SessionStarted.class).getLast().model())
          .hasValueSatisfying(name -> assertThat(name).startsWith("gpt-"));
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
  void what_its_provider_answers_is_told_by_a_typed_value_Z20(int status, Verdict verdict)
      throws Exception {
    try (ScriptedModel model = new ScriptedModel(List.of(Turn.fail(status)))) {
      assertThat(bench(model).run(PermissionProfile.EDIT).only(AgentEvent.Terminal.class))
          .extracting(AgentEvent.Terminal::verdict)
          .containsExactly(verdict);
    }
  }

  @Test
  void under_the_edit_profile_the_main_checkout_stays_out_of_its_reach_Z17() throws Exception {
    String reach =
        "echo x > ../project/x; echo x > ../project/.git/hooks/pre-commit;"
            + " git -C ../project config core.hooksPath /; git update-ref refs/heads/main HEAD~0;"
            + " git branch stray";
    try (ScriptedModel model = ScriptedModel.running(COMMIT, reach)) {
      LabBench bench = bench(model);
      bench.run(PermissionProfile.EDIT);

      assertThat(git(bench.worktree, "log", "--format=%s")).isEqualTo("add a\nbase\n");
      assertThat(git(bench.project, "log", "--format=%s", "main")).isEqualTo("base\n");
      assertThat(git(bench.project, "status", "--porcelain")).isEmpty();
      assertThat(git(bench.project, "branch", "--list", "stray")).isEmpty();
      assertThat(git(bench.project, "config", "--list", "--local")).doesNotContain("hookspath");
      assertThat(bench.project.resolve(".git/hooks/pre-commit")).doesNotExist();
    }
  }
}
