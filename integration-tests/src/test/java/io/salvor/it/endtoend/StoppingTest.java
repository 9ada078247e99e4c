package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.Attempt;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.Ending;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.Limits;
import io.salvor.v1.PauseTaskRequest;
import io.salvor.v1.ReopenTaskRequest;
import io.salvor.v1.ResumeTaskRequest;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Ends that are not the agent's own: a person's wish, or a limit; and what comes after them.
final class StoppingTest {
  @AutoClose private static final Bench bench = Bench.started("stopping");

  private final ScratchProject project = bench.project();

  @Test
  void cancelling_a_running_agent_leaves_none_of_its_children_alive_Z6() {
    Task task = running(Scripts.leavesGrandchildren());
    assertThat(Survivors.ofTask(task.getUid())).hasSizeGreaterThan(4);

    cancel(task);
    Task cancelled = bench.author().await(task.getName(), Task.State.CANCELLED);
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
    assertThat(Survivors.under(workspace(task))).isEmpty();
    assertThat(ending(cancelled).getCodepath()).isEqualTo("stopped");
    assertThat(ending(cancelled).getReason()).isEqualTo("cancelled");
  }

  @Test
  void an_agent_that_ends_in_peace_leaves_none_of_its_children_alive_Z6() {
    Task task =
        dispatched(
            Scripts.script("(trap '' HUP TERM; sleep 1000) & setsid sleep 1000 & echo done"));
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(ending(reviewed).getReason()).isEqualTo("success");
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
  }

  @Test
  void cancelled_work_is_kept_in_a_snapshot_Z16() {
    Task task = running(Scripts.script("echo dirty >dirty.txt; echo hanging; exec sleep 1000"));
    cancel(task);
    Task cancelled = bench.author().await(task.getName(), Task.State.CANCELLED);
    String snapshot = cancelled.getAttempts(0).getWorkspace().getSnapshot();
    assertThat(snapshot).isNotEmpty();
    assertThat(project.git("show", snapshot + ":dirty.txt")).isEqualTo("dirty");
  }

  @Test
  void cancelling_twice_is_refused_and_a_cancelled_task_is_final_Z4() {
    Task task = bench.author().create(job(project, Scripts.exits(0)));
    cancel(task);
    assertThat(Refused.of(() -> bench.author().dispatch(task.getName())).reason())
        .isEqualTo(ErrorReason.Code.WRONG_STATE);
    assertThat(bench.author().get(task.getName()).getState()).isEqualTo(Task.State.CANCELLED);
  }

  @Test
  void a_paused_task_rests_with_its_work_until_a_person_resumes_it_Z28() {
    Task task = running(Scripts.hangsOnceThenEnds("begun.txt", "more.txt"));
    bench.author().tasks().pauseTask(PauseTaskRequest.newBuilder().setName(task.getName()).build());
    Task paused = bench.author().await(task.getName(), Task.State.PAUSED);
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
    assertThat(paused.getAttempts(0).getWorkspace().getCommitsAhead()).isEqualTo(1);

    bench
        .author()
        .tasks()
        .resumeTask(ResumeTaskRequest.newBuilder().setName(task.getName()).build());
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttemptsCount()).isEqualTo(2);
    assertThat(reviewed.getAttempts(1).getWorkspace().getCommitsAhead()).isEqualTo(2);
  }

  @Test
  void a_resumed_attempt_keeps_the_commits_and_is_told_what_happened_Z23() throws IOException {
    Path prompt = bench.fresh("prompt");
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(project, Scripts.failsHalfWayOnce("half.txt", "left.txt", prompt))
                    .setBrief("Make the whole of it."));
    Task failed = bench.author().await(task.getName(), Task.State.FAILED);
    assertThat(ending(failed).getReason()).isEqualTo("subprocess_exited_nonzero");
    assertThat(Files.readString(prompt)).isEqualTo("Make the whole of it.");

    bench.author().dispatchResuming(task.getName());
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttempts(1).getMode()).isEqualTo(Attempt.Mode.RESUME);
    assertThat(reviewed.getAttempts(1).getWorkspace().getCommitsAhead()).isEqualTo(1);
    assertThat(workspace(task).resolve("left.txt")).exists();
    assertThat(Files.readString(prompt))
        .contains("Attempt 1", "subprocess_exited_nonzero", "Half of it", "left.txt")
        .contains("task/" + task.getDisplayId())
        .contains("Make the whole of it.");
  }

  @Test
  void a_fresh_attempt_starts_at_the_base_and_keeps_the_earlier_work_reachable_Z16() {
    Task task =
        dispatched(Scripts.failsHalfWayOnce("half.txt", "dirty.txt", bench.fresh("prompt")));
    Task failed = bench.author().await(task.getName(), Task.State.FAILED);
    String half = failed.getAttempts(0).getWorkspace().getHead();
    String snapshot = failed.getAttempts(0).getWorkspace().getSnapshot();

    assertThat(Refused.of(() -> bench.author().dispatch(task.getName())).reason())
        .isEqualTo(ErrorReason.Code.WRONG_STATE);
    bench
        .author()
        .tasks()
        .reopenTask(ReopenTaskRequest.newBuilder().setName(task.getName()).build());
    bench.author().dispatch(task.getName());
    Task again = awaitAttempt(task, 2);
    assertThat(again.getAttempts(1).getMode()).isEqualTo(Attempt.Mode.FRESH);
    assertThat(ending(again).getDetail()).contains("7");
    String kept = project.git("for-each-ref", "--format=%(objectname)", "refs/salvor");
    assertThat(kept).contains(snapshot);
    for (String reference : kept.split("\n", -1)) {
      if (project.git("rev-list", reference).contains(half)) {
        return;
      }
    }
    throw new AssertionError("nothing under refs/salvor leads to " + half);
  }

  @Test
  void a_deadline_ends_an_attempt_with_its_own_reason_Z8() {
    Task task = limited(Scripts.chatters(), Limits.newBuilder().setDeadline(millis(1500)));
    assertEnded(task, "budget_deadline", "deadline_exceeded");
  }

  @Test
  void silence_after_output_ends_an_attempt_with_its_own_reason_Z8() {
    Task task = limited(Scripts.hangs(), Limits.newBuilder().setSilence(millis(1000)));
    assertThat(assertEnded(task, "line_timeout", "line_timeout").getDetail())
        .contains("no progress");
  }

  @Test
  void no_first_output_ends_an_attempt_with_its_own_reason_Z8() {
    Task task = limited(Scripts.staysMute(), Limits.newBuilder().setFirstEvent(millis(1000)));
    assertThat(assertEnded(task, "line_timeout", "line_timeout").getDetail())
        .contains("no first output");
  }

  @Test
  void an_agent_that_lingers_after_its_last_word_has_still_succeeded_Z5() {
    Task task =
        limited(
            Scripts.lingersAfter(
                "{\"salvor\":\"result\",\"status\":\"success\",\"text\":\"all done\"}"),
            Limits.newBuilder().setResultGrace(millis(500)));
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(ending(reviewed).getCodepath()).isEqualTo("result_event");
    assertThat(ending(reviewed).getReason()).isEqualTo("success");
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
  }

  @Test
  void spent_money_ends_an_attempt_and_is_not_forgotten_by_the_next_one_Z22() {
    Task task =
        limited(
            Scripts.lingersAfter(
                "{\"salvor\":\"usage\",\"input_tokens\":10,\"output_tokens\":5,\"cost_usd\":0.75}"),
            Limits.newBuilder().setCostMicroUsd(500_000));
    Task paused = bench.author().await(task.getName(), Task.State.PAUSED);
    assertThat(ending(paused).getReason()).isEqualTo("cost_limit");
    assertThat(paused.getTotalUsage().getCostMicroUsd()).isEqualTo(750_000);
    assertThat(Refused.of(() -> bench.author().dispatchResuming(task.getName())).reason())
        .isEqualTo(ErrorReason.Code.OVER_BUDGET);
  }

  @Test
  void a_question_blocks_the_task_until_a_person_answers_Z28() {
    Task task =
        dispatched(Scripts.lingersAfter("{\"salvor\":\"question\",\"text\":\"Which way?\"}"));
    Task blocked = bench.author().await(task.getName(), Task.State.BLOCKED);
    assertThat(blocked.getAttempts(0).getQuestion()).isEqualTo("Which way?");
    assertThat(ending(blocked).getReason()).isEqualTo("input_required");
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
  }

  @Test
  void an_agent_killed_from_outside_is_known_to_have_been_killed_and_its_work_is_kept_Z16() {
    Task task = running(Scripts.commitsLeavesAndHangs("a.txt", "b.txt"));
    long pid = bench.author().get(task.getName()).getAttempts(0).getPid();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();

    Task failed = bench.author().await(task.getName(), Task.State.FAILED);
    assertThat(ending(failed).getReason()).isEqualTo("killed_by_signal");
    assertThat(failed.getAttempts(0).getWorkspace().getCommitsAhead()).isEqualTo(1);
    assertThat(failed.getAttempts(0).getWorkspace().getUncommittedFiles()).isEqualTo(1);
    assertThat(project.git("show", failed.getAttempts(0).getWorkspace().getSnapshot() + ":b.txt"))
        .isEqualTo("b.txt");
  }

  private Task dispatched(List<String> command) {
    return bench.author().createAndDispatch(job(project, command));
  }

  private Task running(List<String> command) {
    Task task = dispatched(command);
    Task running = bench.author().await(task.getName(), Task.State.RUNNING);
    awaitOutput(running);
    return running;
  }

  private Task limited(List<String> command, Limits.Builder limits) {
    return bench.author().createAndDispatch(job(project, command).setLimits(limits));
  }

  private static void awaitOutput(Task task) {
    Path stdout = bench.recorder(task, 1).resolve("stdout");
    Await.until("output", () -> Files.readString(stdout).contains("hanging"));
  }

  private static Ending assertEnded(Task task, String codepath, String reason) {
    Task failed = bench.author().await(task.getName(), Task.State.FAILED);
    assertThat(ending(failed).getCodepath()).isEqualTo(codepath);
    assertThat(ending(failed).getReason()).isEqualTo(reason);
    assertThat(Survivors.ofTask(task.getUid())).isEmpty();
    return ending(failed);
  }

  private static Task awaitAttempt(Task task, int number) {
    Await.until(
        "attempt " + number + " to be over",
        () -> {
          Task now = bench.author().get(task.getName());
          return now.getAttemptsCount() == number
              && now.getAttempts(number - 1).getState() == Attempt.State.ENDED;
        });
    return bench.author().get(task.getName());
  }

  private static Ending ending(Task task) {
    return task.getAttempts(task.getAttemptsCount() - 1).getEnding();
  }

  private static void cancel(Task task) {
    bench
        .author()
        .tasks()
        .cancelTask(CancelTaskRequest.newBuilder().setName(task.getName()).build());
  }

  private static Path workspace(Task task) {
    return Path.of(bench.author().get(task.getName()).getWorkspace().getPath());
  }

  private static com.google.protobuf.Duration millis(long millis) {
    return Client.duration(Duration.ofMillis(millis));
  }
}
