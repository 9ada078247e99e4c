package io.salvor.it.field;

import static io.salvor.it.harness.Bench.job;
import static io.salvor.it.harness.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.Journal;
import io.salvor.it.harness.Scrape;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.Attempt;
import io.salvor.v1.Ending;
import io.salvor.v1.Limits;
import io.salvor.v1.Recovery;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Work whose owner died, stalled, or came back.
final class LostOwnersTest {
  @AutoClose private static final Bench bench = Bench.idle("lost-owners");

  private final ScratchProject project = bench.project();

  @BeforeAll
  static void start() {
    bench.configured(
        """
        max_concurrent = 2
        [limits]
        result_grace = "1s"
        [recovery]
        retry_wait = "1s"
        """);
    bench.start();
  }

  /// After a restart tasks stay assigned for ever, their goal is blocked, new goals are refused.
  @Test
  void what_died_with_its_server_holds_no_slot_and_no_goal_F001() {
    Task first = running(Scripts.hangsOnceThenEnds("begun.txt", "more.txt"));
    Task second = running(Scripts.hangs());
    Task goal =
        bench
            .author()
            .createAndDispatch(
                job(project, Scripts.commits("goal.txt")).addDependsOn(first.getName()));
    bench.killAll();
    bench.start();

    assertThat(ending(bench.author().await(first.getName(), Task.State.FAILED)).getReason())
        .isNotEqualTo("success");
    bench.author().await(second.getName(), Task.State.FAILED);
    Task waits = bench.author().get(goal.getName());
    assertThat(waits.getState()).isEqualTo(Task.State.PENDING);
    assertThat(waits.getWaitsFor().getTasksList()).containsExactly(first.getName());
    Task other = bench.author().createAndDispatch(job(project, Scripts.commits("other.txt")));
    bench.author().await(other.getName(), Task.State.REVIEW);

    bench.author().dispatchResuming(first.getName());
    bench.author().await(first.getName(), Task.State.REVIEW);
    bench.reviewer().approveAndMerge(first.getName());
    bench.author().await(first.getName(), Task.State.MERGED);
    Await.until(
        "the goal to be free",
        () -> bench.author().get(goal.getName()).getState() != Task.State.PENDING);
    if (bench.author().get(goal.getName()).getState() == Task.State.READY) {
      bench.author().dispatch(goal.getName());
    }
    bench.author().await(goal.getName(), Task.State.REVIEW);
  }

  /// Recovery restarts the owner, and ordinary dispatch gives the same task to a second worker.
  @Test
  void recovery_and_ten_impatient_people_start_one_agent_between_them_F019() throws Exception {
    Path notes = Files.createFile(bench.fresh("notes"));
    Gate gate = bench.gate();
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(
                        project,
                        script(
                            """
                            exec 9>"$1.lock"
                            flock -n 9 || echo double >>"$1"
                            echo begun >>"$1"
                            if [ "$(wc -l <"$1")" = 1 ]; then
                              echo x >x; git add x; git commit -qm x; echo hanging
                              exec sleep 1000
                            fi
                            read -r word <"$2"
                            echo y >y; git add y; git commit -qm y
                            """,
                            notes.toString(),
                            gate.fifo().toString()))
                    .setRecovery(
                        Recovery.newBuilder()
                            .setMode(Recovery.Mode.AUTO)
                            .setRetryWait(Client.duration(Duration.ofSeconds(1)))));
    Await.until("its agent to begin", () -> !Files.readAllLines(notes).isEmpty());
    bench.killAll();
    bench.start();

    try (ExecutorService people = Executors.newFixedThreadPool(10)) {
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        asked.add(people.submit(() -> insist(task)));
      }
      for (Future<?> it : asked) {
        it.get();
      }
    }
    Await.until("the second attempt to begin", () -> Files.readAllLines(notes).size() > 1);
    gate.open();
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(Files.readAllLines(notes)).containsExactly("begun", "begun");
    assertThat(reviewed.getAttemptsList()).hasSize(2);
  }

  /// Asks for it until its second attempt is there.
  private static void insist(Task task) {
    var patience = Await.LONG.plusNanos(System.nanoTime());
    while (bench.author().get(task.getName()).getAttemptsCount() < 2) {
      assertThat(patience.minusNanos(System.nanoTime())).isPositive();
      try {
        bench.author().dispatchResuming(task.getName());
      } catch (StatusRuntimeException e) {
        assertThat(io.salvor.it.harness.Refused.of(e).reason()).isNotNull();
      }
    }
  }

  /// A stalled worker comes back and overwrites its replacement's lease.
  @Test
  void what_a_stalled_agent_says_later_changes_nothing_for_its_replacement_F021() throws Exception {
    Path notes = Files.createFile(bench.fresh("notes"));
    Gate gate = bench.gate();
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(
                        project,
                        script(
                            """
                            echo begun >>"$1"; echo working
                            [ "$(wc -l <"$1")" = 1 ] && exec sleep 1000
                            read -r word <"$2"
                            exit 3
                            """,
                            notes.toString(),
                            gate.fifo().toString()))
                    .setLimits(
                        Limits.newBuilder().setSilence(Client.duration(Duration.ofSeconds(20)))));
    Await.until("its agent to begin", () -> !Files.readAllLines(notes).isEmpty());
    stop(Survivors.ofTask(task.getUid()));
    bench
        .author()
        .tasks()
        .pauseTask(io.salvor.v1.PauseTaskRequest.newBuilder().setName(task.getName()).build());
    bench.author().await(task.getName(), Task.State.PAUSED);
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
    bench
        .author()
        .tasks()
        .resumeTask(io.salvor.v1.ResumeTaskRequest.newBuilder().setName(task.getName()).build());
    Await.until("the second attempt to begin", () -> Files.readAllLines(notes).size() == 2);
    Task before = bench.author().await(task.getName(), Task.State.RUNNING);

    Path old = bench.recorder(task, 1);
    Files.writeString(
        old.resolve("stdout"),
        "{\"salvor\":\"result\",\"status\":\"success\",\"text\":\"late\"}\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    Files.writeString(old.resolve("exit"), "0\n");
    Files.deleteIfExists(old.resolve("ticket"));
    bench.restartAfterKill();

    Task still = bench.author().get(task.getName());
    assertThat(still.getState()).isEqualTo(Task.State.RUNNING);
    assertThat(still.getAttempts(1).getPid()).isEqualTo(before.getAttempts(1).getPid());
    assertThat(still.getAttempts(1).getEpoch()).isEqualTo(before.getAttempts(1).getEpoch());
    gate.open();
    Task failed = bench.author().await(task.getName(), Task.State.FAILED);
    assertThat(failed.getAttempts(0).getEnding()).isEqualTo(before.getAttempts(0).getEnding());
    assertThat(ending(failed).getReason()).isEqualTo("subprocess_exited_nonzero");
    assertThat(Journal.of(bench.author(), task.getName()).said()).doesNotContain("late");
  }

  private static void stop(List<String> processes) throws IOException, InterruptedException {
    for (String it : processes) {
      String pid = it.substring(0, it.indexOf(':'));
      new ProcessBuilder("kill", "-STOP", pid).start().waitFor();
    }
  }

  /// "Error budget exhausted" while the board shows one failure of twelve.
  @Test
  void agents_that_are_killed_after_their_result_are_no_failures_F029() {
    double before = successes();
    String success = "{\"salvor\":\"result\",\"status\":\"success\",\"text\":\"done\"}";
    List<String> names =
        Stream.concat(
                Stream.generate(() -> Scripts.lingersAfter(success)).limit(11),
                Stream.of(Scripts.exits(3)))
            .map(it -> bench.author().createAndDispatch(job(project, it)).getName())
            .toList();
    List<Task> rested = names.stream().map(it -> bench.author().awaitRest(it)).toList();
    assertThat(rested.subList(0, 11)).allMatch(it -> it.getState() == Task.State.REVIEW);
    assertThat(rested.subList(0, 11)).allMatch(it -> ending(it).getReason().equals("success"));
    assertThat(rested.getLast().getState()).isEqualTo(Task.State.FAILED);

    assertThat(successes() - before).isEqualTo(11);
    assertThat(Scrape.of(bench.server()).value("salvor_providers_held")).isZero();
    Task next = bench.author().createAndDispatch(job(project, Scripts.commits("next.txt")));
    bench.author().await(next.getName(), Task.State.REVIEW);
  }

  private static double successes() {
    return Scrape.of(bench.server()).series().entrySet().stream()
        .filter(it -> it.getKey().name().equals("salvor_attempts_ended_total"))
        .filter(it -> it.getKey().labels().containsValue("success"))
        .mapToDouble(java.util.Map.Entry::getValue)
        .sum();
  }

  private Task running(List<String> command) {
    Task task = bench.author().createAndDispatch(job(project, command));
    return bench.author().await(task.getName(), Task.State.RUNNING);
  }

  private static Ending ending(Task task) {
    Attempt last = task.getAttempts(task.getAttemptsCount() - 1);
    return last.getEnding();
  }
}
