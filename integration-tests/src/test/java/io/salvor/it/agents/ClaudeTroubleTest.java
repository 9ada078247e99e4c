package io.salvor.it.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.process.lab.ClaudeCli;
import io.salvor.process.lab.RealAgent;
import io.salvor.process.lab.ScriptedModel;
import io.salvor.process.lab.Turn;
import io.salvor.v1.Agent;
import io.salvor.v1.Attempt;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.Limits;
import io.salvor.v1.Recovery;
import io.salvor.v1.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Claude Code itself under a server, where its provider, its money or its permissions fail it.
/// Skipped, with a message, where it is not installed.
@Tag("real-agent")
final class ClaudeTroubleTest {
  private static final RealAgent CLAUDE = new ClaudeCli();
  private static final String COMMIT =
      "echo new > new.txt && git add . && git commit -qm 'Add new.txt'";

  /// What one turn of the scripted model costs, in millionths of a dollar.
  private static final long TURN = 6_250;

  private static Bench bench(ScriptedModel model) throws Exception {
    Bench bench = RealAgentBench.of(CLAUDE, model);
    Path config = bench.home().resolve("config.toml");
    Files.writeString(
        config,
        "[recovery]\nmode = \"auto\"\nretry_wait = \"1s\"\nretry_wait_most = \"2s\"\n\n"
            + Files.readString(config));
    bench.start();
    return bench;
  }

  private static Diagnosis diagnosis(Bench bench, Task task) {
    return bench
        .author()
        .tasks()
        .diagnoseTask(DiagnoseTaskRequest.newBuilder().setName(task.getName()).build());
  }

  private static List<String> endings(Task task) {
    return task.getAttemptsList().stream().map(it -> it.getEnding().getReason()).toList();
  }

  @Test
  void an_overload_is_waited_for_and_then_it_does_its_work_without_a_retry_being_counted()
      throws Exception {
    // a process asks three times; so the first one fails, and the second one meets one more refusal
    try (ScriptedModel model =
            new ScriptedModel(List.of(Turn.run(COMMIT).after(4, 529), Turn.say("All done.")));
        Bench bench = bench(model)) {
      Task task =
          bench
              .author()
              .createAndDispatch(
                  RealAgentBench.job(bench.project(), CLAUDE)
                      .setRecovery(Recovery.newBuilder().setMaxRetries(0)));
      Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
      assertThat(endings(reviewed)).containsExactly("provider_overloaded", "success");
      assertThat(reviewed.getAttempts(1).getWorkspace().getCommitsAhead()).isEqualTo(1);
    }
  }

  @Test
  void a_key_that_is_refused_stops_at_once_and_the_command_is_named() throws Exception {
    try (ScriptedModel model = new ScriptedModel(List.of(Turn.fail(401)));
        Bench bench = bench(model)) {
      Task task = bench.author().createAndDispatch(RealAgentBench.job(bench.project(), CLAUDE));
      Task failed = bench.author().await(task.getName(), Task.State.FAILED);
      assertThat(endings(failed)).containsExactly("provider_auth");
      assertThat(diagnosis(bench, failed).getRemedy().getRow()).isEqualTo("credentials");
      assertThat(diagnosis(bench, failed).getNextSteps(0).getCommand())
          .isEqualTo(
              "salvor agents check claude && salvor task dispatch --resume "
                  + failed.getDisplayId());
    }
  }

  @Test
  void a_cent_is_spent_within_one_turn_Z22() throws Exception {
    Turn more = Turn.run("date > now.txt");
    try (ScriptedModel model =
            new ScriptedModel(List.of(more, more, more, more, Turn.say("Done.")));
        Bench bench = bench(model)) {
      Task task =
          bench
              .author()
              .createAndDispatch(
                  RealAgentBench.job(bench.project(), CLAUDE)
                      .setLimits(Limits.newBuilder().setCostMicroUsd(10_000)));
      Task paused = bench.author().await(task.getName(), Task.State.PAUSED);
      assertThat(endings(paused)).containsExactly("cost_limit");
      assertThat(paused.getTotalUsage().getCostMicroUsd()).isBetween(10_000L, 10_000L + TURN);
      assertThat(paused.getNextCommand())
          .matches("salvor task resume --budget 0\\.0\\d+ " + paused.getDisplayId());
    }
  }

  @Test
  void what_it_was_denied_is_no_success_though_it_says_so_Z20() throws Exception {
    Turn denied = Turn.call("WebFetch", "{\"url\":\"http://127.0.0.1/\",\"prompt\":\"look\"}");
    try (ScriptedModel model = new ScriptedModel(List.of(denied, Turn.say("All done.")));
        Bench bench = bench(model)) {
      Task.Builder job = RealAgentBench.job(bench.project(), CLAUDE);
      job.getAgentBuilder().setProfile(Agent.Profile.READ);
      Task failed =
          bench.author().await(bench.author().createAndDispatch(job).getName(), Task.State.FAILED);
      Attempt only = failed.getAttempts(0);
      assertThat(endings(failed)).containsExactly("permission_denied");
      assertThat(only.getEnding().getDetail()).isEqualTo("denied: WebFetch");
      assertThat(diagnosis(bench, failed).getRemedy().getCommand())
          .startsWith("salvor task edit --profile full " + failed.getDisplayId());
    }
  }
}
