package io.salvor.it.crash;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.Journal;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.Shell;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.Limits;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// An agent outlives its server, and the next server takes it over as it is.
final class AdoptionTest {
  @AutoClose private static final Bench bench = Bench.started("adoption");

  private final ScratchProject project = bench.project();

  @Test
  void the_same_process_is_adopted_and_every_line_is_recorded_once_Z5_Z6() throws IOException {
    Path enough = bench.fresh("enough");
    Task task = bench.author().createAndDispatch(job(project, Scripts.countsUntil(enough)));
    long pid = bench.author().await(task.getName(), Task.State.RUNNING).getAttempts(0).getPid();
    for (int kill = 1; kill <= 3; kill++) {
      int seen = 20 * kill;
      Await.until(
          seen + " lines", () -> Journal.of(bench.author(), task.getName()).said().size() >= seen);
      bench.restartAfterKill();
      Task adopted = bench.author().get(task.getName());
      assertThat(adopted.getState()).isEqualTo(Task.State.RUNNING);
      assertThat(adopted.getAttempts(0).getPid()).isEqualTo(pid);
    }
    Files.createFile(enough);
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttemptsList()).hasSize(1);
    assertThat(reviewed.getAttempts(0).getEnding().getDetail()).isEqualTo("counted");

    Journal journal = Journal.of(bench.author(), task.getName());
    assertThat(journal.said())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, journal.said().size()).mapToObj(i -> "line " + i).toList());
    assertThat(journal.kind("attempt.spawned")).hasSize(1);
    assertThat(journal.kind("attempt.adopted")).hasSize(3);
  }

  @Test
  void an_agent_that_ends_while_no_server_runs_is_judged_by_what_it_left_Z5() {
    Gate gate = bench.gate();
    Task good = running(Scripts.waitsAndCommits(gate, "good.txt"));
    Gate other = bench.gate();
    Task bad = running(Scripts.script("read -r word <\"$1\"; exit 4", other.fifo().toString()));
    bench.killServer();
    gate.open();
    other.open();
    Await.until("both to end", () -> exited(good) && exited(bad));

    bench.start();
    Task reviewed = bench.author().await(good.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttempts(0).getEnding().getReason()).isEqualTo("success");
    assertThat(reviewed.getAttempts(0).getWorkspace().getCommitsAhead()).isEqualTo(1);
    Task failed = bench.author().await(bad.getName(), Task.State.FAILED);
    assertThat(failed.getAttempts(0).getEnding().getReason())
        .isEqualTo("subprocess_exited_nonzero");
    assertThat(failed.getAttempts(0).getEnding().getDetail()).contains("4");
  }

  @Test
  void a_deadline_is_kept_while_no_server_runs_Z8() {
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(project, Scripts.chatters())
                    .setLimits(
                        Limits.newBuilder().setDeadline(Client.duration(Duration.ofSeconds(3)))));
    bench.author().await(task.getName(), Task.State.RUNNING);
    bench.killServer();
    Await.until("the shim to end the agent", () -> exited(task));

    bench.start();
    Task failed = bench.author().await(task.getName(), Task.State.FAILED);
    assertThat(failed.getAttempts(0).getEnding().getReason()).isEqualTo("deadline_exceeded");
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
  }

  @Test
  void money_spent_while_no_server_ran_is_judged_by_the_next_one_Z22() {
    Gate gate = bench.gate();
    Task task = running(Scripts.spendsAfter(gate, "5.25"));
    bench.killServer();
    gate.open();
    Path output = bench.recorder(task, 1).resolve("stdout");
    Await.until("the agent to tell what it spent", () -> tells(output, "5.25"));

    bench.start();
    Task paused = bench.author().await(task.getName(), Task.State.PAUSED);
    assertThat(paused.getAttempts(0).getEnding().getReason()).isEqualTo("cost_limit");
    assertThat(paused.getTotalUsage().getCostMicroUsd()).isEqualTo(5_250_000);
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
  }

  @Test
  void a_workspace_that_vanishes_under_its_agent_is_made_again_with_what_was_committed_Z15() {
    Gate gate = bench.gate();
    Task task =
        running(
            Scripts.script(
                "[ -e a ] && exit 0; echo a >a; git add a; git commit -qm a; echo said; read -r"
                    + " word <\"$1\"; git commit -q --allow-empty -m b",
                gate.fifo().toString()));
    Await.until(
        "a commit",
        () -> project.git("log", "--format=%s", task.getWorkspace().getBranch()).startsWith("a"));
    Path workspace = Path.of(task.getWorkspace().getPath());
    Shell.succeed(project.root(), "rm", "-r", workspace.toString());
    gate.open();
    Task failed = bench.author().await(task.getName(), Task.State.FAILED);
    assertThat(failed.getAttempts(0).getWorkspace().getCommitsAhead()).isEqualTo(1);

    bench.author().dispatchResuming(task.getName());
    bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(workspace.resolve("a")).exists();
  }

  @Test
  void an_adopted_agent_can_be_cancelled_and_leaves_nothing_alive_Z6() {
    Task task = running(Scripts.leavesGrandchildren());
    bench.restartAfterKill();
    bench
        .author()
        .tasks()
        .cancelTask(CancelTaskRequest.newBuilder().setName(task.getName()).build());
    bench.author().await(task.getName(), Task.State.CANCELLED);
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
  }

  @Test
  void a_server_killed_while_it_ends_an_agent_ends_it_after_its_start_Z1_Z6() {
    Task task = running(Scripts.script("trap '' TERM; while :; do sleep 0.2; done"));
    bench
        .author()
        .tasks()
        .cancelTask(CancelTaskRequest.newBuilder().setName(task.getName()).build());
    assertThat(bench.author().get(task.getName()).getState()).isEqualTo(Task.State.STOPPING);
    bench.restartAfterKill();
    bench.author().await(task.getName(), Task.State.CANCELLED);
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
  }

  @Test
  void an_orderly_stop_leaves_agents_to_the_next_server() {
    Gate gate = bench.gate();
    Task task = running(Scripts.waitsAndCommits(gate, "later.txt"));
    long pid = bench.author().get(task.getName()).getAttempts(0).getPid();
    assertThat(bench.server().stop()).isIn(0, 143);
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isPresent();

    bench.start();
    gate.open();
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttemptsList()).hasSize(1);
  }

  private Task running(List<String> command) {
    Task task = bench.author().createAndDispatch(job(project, command));
    return bench.author().await(task.getName(), Task.State.RUNNING);
  }

  private static boolean tells(Path output, String what) {
    try {
      return Files.readString(output).contains(what);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean exited(Task task) {
    Path exit = bench.recorder(task, 1).resolve("exit");
    return Files.exists(exit);
  }
}
