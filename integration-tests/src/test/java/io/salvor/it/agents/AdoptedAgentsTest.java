package io.salvor.it.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Journal;
import io.salvor.it.harness.Survivors;
import io.salvor.process.lab.RealAgent;
import io.salvor.process.lab.RealAgents;
import io.salvor.process.lab.ScriptedModel;
import io.salvor.v1.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each real agent CLI, against a scripted model, outlives its server. Skipped, with a message, for
/// those that are not installed.
@Tag("real-agent")
final class AdoptedAgentsTest {
  private static final String COMMIT =
      "echo new > new.txt && git add new.txt && git commit -qm 'Add new.txt'";

  static List<RealAgent> agents() {
    return RealAgents.all();
  }

  @ParameterizedTest
  @MethodSource("agents")
  void a_server_killed_meanwhile_adopts_the_same_process_and_records_every_line_once_Z5_Z6(
      RealAgent cli) throws Exception {
    String wait = "touch waits; until [ -e go ]; do sleep 0.1; done; rm go waits";
    try (ScriptedModel model = ScriptedModel.running(COMMIT, wait);
        Bench bench = RealAgentBench.of(cli, model)) {
      bench.start();
      Task task = bench.author().createAndDispatch(RealAgentBench.job(bench.project(), cli));
      Await.until(
          "the second tool call",
          () ->
              Files.exists(
                  Path.of(bench.author().get(task.getName()).getWorkspace().getPath(), "waits")));
      long pid = bench.author().get(task.getName()).getAttempts(0).getPid();
      bench.restartAfterKill();

      Task adopted = bench.author().get(task.getName());
      assertThat(adopted.getState()).isEqualTo(Task.State.RUNNING);
      assertThat(adopted.getAttempts(0).getPid()).isEqualTo(pid);
      Files.createFile(Path.of(adopted.getWorkspace().getPath()).resolve("go"));

      Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
      assertThat(reviewed.getAttemptsList()).hasSize(1);
      assertThat(reviewed.getAttempts(0).getToolCalls()).isEqualTo(2);
      assertThat(reviewed.getTotalUsage().getCostMicroUsd()).isGreaterThan(0);
      Journal journal = Journal.of(bench.author(), task.getName());
      assertThat(journal.kind("attempt.spawned")).hasSize(1);
      assertThat(journal.kind("attempt.adopted")).hasSize(1);
      assertThat(journal.said()).containsOnlyOnce("All done.");
      assertThat(Survivors.ofTask(task.getUid())).isEmpty();
    }
  }
}
