package io.salvor.it.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Shell;
import io.salvor.process.lab.RealAgent;
import io.salvor.process.lab.RealAgents;
import io.salvor.process.lab.ScriptedModel;
import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each real agent CLI, killed in the middle of its work and resumed. Skipped, with a message, for
/// those that are not installed.
@Tag("real-agent")
final class ResumedAgentsTest {
  static List<RealAgent> agents() {
    return RealAgents.all();
  }

  @ParameterizedTest
  @MethodSource("agents")
  void one_that_was_killed_goes_on_in_its_own_session_and_redoes_nothing(RealAgent cli)
      throws Exception {
    String commit =
        "[ -e new.txt ] || { echo new > new.txt && git add new.txt && git commit -qm 'Add new.txt'; }";
    String wait = "[ -e go ] || { echo left > left.txt; touch waits; sleep 1000; }";
    try (ScriptedModel model = ScriptedModel.running(commit, wait);
        Bench bench = RealAgentBench.of(cli, model)) {
      bench.start();
      Task task = bench.author().createAndDispatch(RealAgentBench.job(bench.project(), cli));
      Await.until(
          "the second tool call",
          () ->
              Files.exists(
                  Path.of(bench.author().get(task.getName()).getWorkspace().getPath(), "waits")));
      long pid = bench.author().get(task.getName()).getAttempts(0).getPid();
      Shell.succeed(bench.folder(), "kill", "-9", Long.toString(pid));

      Task killed = bench.author().await(task.getName(), Task.State.FAILED);
      assertThat(killed.getAttempts(0).getEnding().getReason()).isEqualTo("killed_by_signal");
      assertThat(killed.getAttempts(0).getWorkspace().getCommitsAhead()).isEqualTo(1);
      assertThat(killed.getAttempts(0).getWorkspace().getSnapshot()).isNotEmpty();

      Files.createFile(Path.of(killed.getWorkspace().getPath(), "go"));
      bench.author().dispatchResuming(task.getName());
      Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
      Attempt resumed = reviewed.getAttempts(1);
      assertThat(resumed.getSession()).isEqualTo(reviewed.getAttempts(0).getSession());
      assertThat(resumed.getWorkspace().getCommitsAhead()).isEqualTo(1);
      assertThat(Path.of(reviewed.getWorkspace().getPath(), "left.txt")).exists();
    }
  }
}
