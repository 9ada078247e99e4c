package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.CommandLine.Outcome;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.it.harness.Shell;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.Agent;
import io.salvor.v1.Agent.Launcher;
import io.salvor.v1.Attempt;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `--attach`: an agent that a person can watch, and what comes of its window.
final class WatchedAgentTest {
  @AutoClose
  private static final Bench bench =
      Bench.idle("watched")
          .configured(
              """
              [agents.shown]
              protocol = "command"
              command = ["sh", "-c", "echo shown; exec sleep 1000"]
              attach = true
              """);

  private final ScratchProject project = bench.project();
  private final CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:ann");

  @BeforeAll
  static void start() {
    assumeTrue(
        !Shell.succeed(bench.folder(), "sh", "-c", "command -v tmux || true").isBlank(),
        "there is no tmux on the PATH: apt-get install tmux");
    bench.start();
  }

  @Test
  void a_person_watches_it_until_it_is_ready_for_review() {
    Gate gate = bench.gate();
    Task task = bench.author().create(job(project, Scripts.waitsAndCommits(gate, "a.txt")));
    String id = task.getDisplayId();

    Outcome dispatched = salvor.run("task", "dispatch", "--attach", id);
    assertThat(dispatched.err()).contains("to watch it: salvor task attach " + id);
    String said = salvor.run("task", "attach", id).out();
    String window = window(task);
    assertThat(said).isEqualTo("tmux -S " + window + " attach-session -r\n");
    assertThat(tmux(window, "display-message", "-p", "#S")).isEqualTo(id + "-1");
    Await.until("its words", () -> tmux(window, "capture-pane", "-p").contains("working"));
    gate.open();

    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttempts(0).getEnding().getReason()).isEqualTo("success");
    assertThat(reviewed.getAttempts(0).getWindow()).isEmpty();
    assertThat(Path.of(window)).doesNotExist();
    Await.until("nothing of the window", () -> Survivors.under(Path.of(window)).isEmpty());
    Outcome late = salvor.run("task", "attach", id);
    assertThat(late.status()).isEqualTo(4);
    assertThat(late.err()).contains(id + " is REVIEW");
  }

  @Test
  void a_window_that_is_closed_ends_the_agent_and_its_work_is_gone_on_with_Z5() {
    Task task =
        watched(
            job(
                project,
                Scripts.script(
                    """
                    if [ -e left.txt ]; then git add left.txt; git commit -qm 'The rest'; exit 0; fi
                    git commit -q --allow-empty -m First; echo left >left.txt; echo hanging
                    exec sleep 1000
                    """)));
    String window = window(task);
    Await.until("its words", () -> tmux(window, "capture-pane", "-p").contains("hanging"));
    tmux(window, "kill-session");

    Task failed = bench.author().await(task.getName(), Task.State.FAILED);
    Attempt first = failed.getAttempts(0);
    assertThat(first.getEnding().getCodepath()).isEqualTo("stream_eof_fallback");
    assertThat(first.getEnding().getReason()).isEqualTo("killed_by_signal");
    assertThat(first.getEnding().getDetail()).isEqualTo("its window was closed");
    assertThat(first.getWorkspace().getCommitsAhead()).isEqualTo(1);
    assertThat(first.getWorkspace().getSnapshot()).isNotEmpty();
    var evidence =
        bench
            .author()
            .tasks()
            .diagnoseTask(DiagnoseTaskRequest.newBuilder().setName(task.getName()).build())
            .getEvidence();
    assertThat(evidence.getWindowClosed()).isTrue();
    // Hung up; or killed, where all this was started under nohup and so does not hear that.
    assertThat(evidence.getExitStatus()).isIn(129, 137);

    bench.author().dispatchResuming(task.getName());
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAgent().getLauncher()).isEqualTo(Launcher.TMUX);
    assertThat(reviewed.getAttempts(1).getWorkspace().getCommitsAhead()).isEqualTo(2);
  }

  @Test
  void a_server_that_is_killed_meanwhile_takes_window_and_agent_over_Z5() throws IOException {
    Path enough = bench.fresh("enough");
    Task task = watched(job(project, Scripts.countsUntil(enough)));
    String window = window(task);
    long pid = bench.author().get(task.getName()).getAttempts(0).getPid();
    bench.restartAfterKill();

    Await.until("a later line", () -> tmux(window, "capture-pane", "-p").contains("line 9"));
    Task adopted = bench.author().get(task.getName());
    assertThat(adopted.getAttempts(0).getPid()).isEqualTo(pid);
    assertThat(adopted.getAttempts(0).getWindow()).isEqualTo(window);
    Files.createFile(enough);

    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttemptsList()).hasSize(1);
  }

  @Test
  void a_window_that_is_closed_while_no_server_runs_is_found_out_by_the_next_Z5() {
    Task task = watched(job(project, Scripts.hangs()));
    String window = window(task);
    bench.killServer();
    tmux(window, "kill-server");
    Await.until("the agent to end", () -> Survivors.ofTask(task.getUid()).isEmpty());
    bench.start();

    Task failed = bench.author().await(task.getName(), Task.State.FAILED);
    assertThat(failed.getAttempts(0).getEnding().getReason()).isEqualTo("killed_by_signal");
    assertThat(failed.getAttempts(0).getEnding().getDetail()).isEqualTo("its window was closed");
  }

  @Test
  void without_tmux_the_start_fails_says_what_helps_and_uses_up_no_attempt_Z20() {
    Path programs = bench.fresh("programs");
    Shell.succeed(
        bench.folder(),
        "sh",
        "-c",
        "mkdir $0 && ln -s /usr/bin/* $0 && rm $0/tmux",
        programs.toString());
    bench.killServer();
    bench.surround(new Surroundings(List.of(), Map.of("PATH", programs.toString())));
    bench.start();
    try {
      Task task =
          bench.author().createAndDispatch(asWatched(job(project, Scripts.commits("a.txt"))));
      Task failed = bench.author().await(task.getName(), Task.State.FAILED);
      Attempt attempt = failed.getAttempts(0);
      assertThat(attempt.getAgentStarted()).isFalse();
      assertThat(attempt.getEnding().getReason()).isEqualTo("spawn_failed");
      assertThat(attempt.getEnding().getDetail())
          .contains("there is no program tmux")
          .contains("salvor task edit --no-attach " + task.getDisplayId());

      assertThat(salvor.run("task", "edit", "--no-attach", task.getDisplayId()).status()).isZero();
      assertThat(salvor.run("task", "retry", "--wait", task.getDisplayId()).status()).isZero();
    } finally {
      bench.killServer();
      bench.surround(Surroundings.PLAIN);
      bench.start();
    }
  }

  @Test
  void an_agent_may_be_configured_so_and_a_task_may_do_without_Z30() {
    Task.Builder asked =
        Task.newBuilder()
            .setTitle("Shown")
            .setProject(project.root().toString())
            .setAgent(Agent.newBuilder().setName("shown"));
    Task task = bench.author().createAndDispatch(asked);
    assertThat(window(task)).isNotEmpty();

    asked.getAgentBuilder().setLauncher(Launcher.DETACHED);
    Task without = bench.author().createAndDispatch(asked);
    Task running = bench.author().await(without.getName(), Task.State.RUNNING);
    assertThat(running.getAttempts(0).getWindow()).isEmpty();
    Outcome attach = salvor.run("task", "attach", without.getDisplayId());
    assertThat(attach.status()).isEqualTo(4);
    assertThat(attach.err()).contains("was started without a window");
  }

  @Test
  void a_run_is_watched_too() {
    Outcome run =
        salvor.run(
            "run",
            "Add a file",
            "--attach",
            "--agent",
            "command",
            "--",
            "sh",
            "-c",
            "echo a >a; git add a; git commit -qm A");
    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("to watch it: salvor task attach TASK-");
  }

  private static Task watched(Task.Builder job) {
    return bench.author().createAndDispatch(asWatched(job));
  }

  private static Task.Builder asWatched(Task.Builder job) {
    job.getAgentBuilder().setLauncher(Launcher.TMUX);
    return job;
  }

  private static String window(Task task) {
    Task running = bench.author().await(task.getName(), Task.State.RUNNING);
    return running.getAttempts(running.getAttemptsCount() - 1).getWindow();
  }

  private static String tmux(String window, String... words) {
    var command = new java.util.ArrayList<>(List.of("tmux", "-S", window));
    command.addAll(List.of(words));
    return Shell.succeed(bench.folder(), command.toArray(String[]::new)).strip();
  }
}
