package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.process.lab.CodexCli;
import io.salvor.process.lab.ScriptedModel;
import io.salvor.process.lab.Turn;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
      Run first = run(model, PermissionProfile.EDIT, Optional.empty());
      Run second = run(model, PermissionProfile.EDIT, Optional.of(first.session()));

      assertThat(second.usage().since(first.usage()))
          .isEqualTo(
              new Usage(800, 50, 200, 0, 1, Optional.of(new MicroUsd(5_600)), CostSource.PRICED));
    }
  }

  /// The output tells none of this before the turn is over, and nothing where it never is.
  @Test
  void tokens_money_and_model_are_known_while_it_works_Z22() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT, "echo more")) {
      Run run = run(model, PermissionProfile.EDIT, Optional.empty());

      assertThat(run.only(AgentEvent.SessionStarted.class).getFirst().model()).contains("gpt-5.5");
      Usage before = run.only(AgentEvent.Used.class).getFirst().total();
      assertThat(before.source()).isEqualTo(CostSource.ACCUMULATED);
      assertThat(before.cost())
          .hasValueSatisfying(
              cost -> assertThat(cost).isLessThan(run.usage().cost().orElseThrow()));
    }
  }

  @Test
  void its_own_choice_of_a_model_is_learnt_and_priced() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      Run run = run(model, order(worktree, PermissionProfile.EDIT, Optional.empty()));

      assertThat(git(worktree, "log", "--format=%s")).isEqualTo("add a\nbase\n");
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
    "529, PROVIDER_OUTAGE",
    "400, ERROR"
  })
  void what_its_provider_answers_is_told_by_a_typed_value_Z20(int status, Verdict verdict)
      throws Exception {
    try (ScriptedModel model = new ScriptedModel(List.of(Turn.fail(status)))) {
      Run run = run(model, PermissionProfile.EDIT, Optional.empty());

      assertThat(run.only(AgentEvent.Terminal.class))
          .extracting(AgentEvent.Terminal::verdict)
          .containsExactly(verdict);
    }
  }

  @Test
  void under_the_edit_profile_the_main_checkout_stays_out_of_its_reach_Z17() throws Exception {
    Path project = worktree.resolveSibling("project");
    String reach =
        "echo x > ../project/x; echo x > ../project/.git/hooks/pre-commit;"
            + " git -C ../project config core.hooksPath /; git update-ref refs/heads/main HEAD~0;"
            + " git branch stray";
    try (ScriptedModel model = ScriptedModel.running(COMMIT, reach)) {
      run(model, order(worktree, PermissionProfile.EDIT, Optional.of("gpt-5.5")));

      assertThat(git(worktree, "log", "--format=%s")).isEqualTo("add a\nbase\n");
      assertThat(git(project, "log", "--format=%s", "main")).isEqualTo("base\n");
      assertThat(git(project, "status", "--porcelain")).isEmpty();
      assertThat(git(project, "branch", "--list", "stray")).isEmpty();
      assertThat(git(project, "config", "--list", "--local")).doesNotContain("hookspath");
      assertThat(project.resolve(".git/hooks/pre-commit")).doesNotExist();
    }
  }

  private LaunchOrder order(Path workspace, PermissionProfile profile, Optional<String> model) {
    return new LaunchOrder(
        new AttemptRef(new TaskId(UUID.randomUUID()), 1, 7),
        new DisplayId(42),
        agent(profile, model),
        workspace.toString(),
        workspace.resolveSibling("project").toString(),
        "Do it.",
        Optional.empty(),
        Limits.DEFAULT);
  }
}
