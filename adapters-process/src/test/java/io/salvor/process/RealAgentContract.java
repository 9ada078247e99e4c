package io.salvor.process;

import static io.salvor.process.LabBench.git;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Usage;
import io.salvor.process.LabBench.Run;
import io.salvor.process.lab.RealAgent;
import io.salvor.process.lab.ScriptedModel;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every agent CLI does when it is called as its protocol says: the CLI itself, in a linked
/// worktree, against a scripted model. Skipped, with a message, where it is not installed.
@Tag("real-agent")
@Timeout(120)
abstract class RealAgentContract {
  static final String COMMIT = "echo hi > a.txt && git add a.txt && git commit -qm 'add a'";

  @TempDir Path directory;
  private final RealAgent cli;

  RealAgentContract(RealAgent cli) {
    this.cli = cli;
  }

  /// What two turns of the scripted model come to.
  abstract Usage twoTurns();

  @BeforeEach
  void isInstalled() {
    assertThat(cli.orSkip()).isExecutable();
  }

  final LabBench bench(ScriptedModel model) throws Exception {
    return new LabBench(directory, cli, model);
  }

  @Test
  void under_the_edit_profile_it_edits_runs_and_commits_unasked() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      LabBench bench = bench(model);
      Run run = bench.run(PermissionProfile.EDIT);

      AgentEvent.Terminal last = run.lastWord();
      assertThat(last.verdict()).isEqualTo(AgentEvent.Verdict.SUCCESS);
      assertThat(last.deniedTools()).isEmpty();
      assertThat(last.text()).isEqualTo("All done.");
      assertThat(run.evidence().exit()).isEqualTo(new Exit.Status(0, true));
      assertThat(git(bench.worktree, "log", "--format=%s")).isEqualTo("add a\nbase\n");
      assertThat(run.usage()).isEqualTo(twoTurns());
      assertThat(run.only(AgentEvent.ToolCalled.class)).hasSize(1);
      assertThat(run.only(AgentEvent.ToolReturned.class)).hasSize(1);
    }
  }

  @Test
  void under_the_read_profile_it_changes_nothing() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      LabBench bench = bench(model);
      Run run = bench.run(PermissionProfile.READ);

      assertThat(run.only(AgentEvent.Terminal.class)).hasSize(1);
      assertThat(git(bench.worktree, "status", "--porcelain")).isEmpty();
      assertThat(git(bench.worktree, "log", "--format=%s")).isEqualTo("base\n");
    }
  }

  @Test
  void under_the_full_profile_it_runs_whoever_it_runs_as() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      LabBench bench = bench(model);
      bench.run(PermissionProfile.FULL);

      assertThat(git(bench.worktree, "log", "--format=%s")).isEqualTo("add a\nbase\n");
    }
  }

  @Test
  void it_goes_on_with_the_session_that_it_named() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      LabBench bench = bench(model);
      String session = bench.run(PermissionProfile.EDIT).session();

      Run resumed =
          bench.run(bench.order(bench.agent(PermissionProfile.EDIT), Optional.of(session)));

      assertThat(resumed.session()).isEqualTo(session);
      assertThat(resumed.lastWord().verdict()).isEqualTo(AgentEvent.Verdict.SUCCESS);
    }
  }
}
