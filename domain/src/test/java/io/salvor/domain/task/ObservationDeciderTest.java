package io.salvor.domain.task;

import static io.salvor.domain.agent.AgentEvent.Verdict.ERROR;
import static io.salvor.domain.agent.AgentEvent.Verdict.SUCCESS;
import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.BOB;
import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.lastWord;
import static io.salvor.domain.task.Samples.neverRan;
import static io.salvor.domain.task.Samples.said;
import static io.salvor.domain.task.Samples.stoppedAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.task.Ending.Codepath;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.WorkspaceProblem;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ObservationDeciderTest {

  @Test
  void what_was_seen_under_an_older_state_is_dropped_Z3() {
    TaskStory story = TaskStory.running();
    long before = story.task().since();
    story.ask(new TaskCommand.Cancel(id(1), "no"));
    assertDropped(story.seeing(new Finding.Exited(), before));
    assertDropped(story.seeing(gone(exited(0)), before));
  }

  @Test
  void output_is_taken_only_where_the_last_one_ended_Z10() {
    TaskStory story = TaskStory.running().output(said(0));
    assertDropped(story.seeing(new Finding.Output(Samples.batch(0, said(0)))));
    assertDropped(story.seeing(new Finding.Output(Samples.batch(20, said(20)))));
    story.output(Samples.batch(10, said(10), said(20)));
    assertThat(story.task().progress().offset()).isEqualTo(30);
    assertThat(story.task().progress().events()).isEqualTo(3);
  }

  @Test
  void output_does_not_make_older_observations_stale() {
    TaskStory story = TaskStory.running();
    long since = story.task().since();
    story.output(said(0));
    assertThat(story.seeing(new Finding.Exited(), since)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void what_a_stopping_agent_still_says_is_kept_Z5() {
    TaskStory story = TaskStory.running().see(new Finding.Exited());
    story.output(lastWord(0, SUCCESS)).see(gone(exited(0)));
    assertThat(story.task().kind()).isEqualTo(Kind.REVIEW);
  }

  @Test
  void a_lingering_agent_is_judged_by_the_word_that_it_lingered_after_Z5_Z20() {
    TaskStory failed = TaskStory.running().output(lastWord(0, ERROR));
    failed.see(new Finding.LimitReached(StopCause.RESULT_LINGERS));
    failed.output(Samples.batch(10, lastWord(10, SUCCESS))).see(gone(stoppedAt(10)));
    assertThat(failed.task().attempts().getLast().ending().success()).isFalse();

    TaskStory done = TaskStory.running().output(lastWord(0, SUCCESS));
    done.see(new Finding.LimitReached(StopCause.RESULT_LINGERS));
    done.output(Samples.batch(10, lastWord(10, ERROR))).see(gone(stoppedAt(10)));
    assertThat(done.task().attempts().getLast().ending().success()).isTrue();
  }

  @Test
  void of_exit_and_cancel_the_first_one_decides_and_the_other_is_stale_Z4() {
    TaskStory exitFirst = TaskStory.running().output(lastWord(0, SUCCESS));
    long running = exitFirst.task().since();
    exitFirst.see(new Finding.Exited()).see(gone(exited(0)));
    assertThat(exitFirst.task().kind()).isEqualTo(Kind.REVIEW);

    TaskStory cancelFirst = TaskStory.running().output(lastWord(0, SUCCESS));
    cancelFirst.ask(new TaskCommand.Cancel(id(1), "no"));
    assertDropped(cancelFirst.seeing(new Finding.Exited(), running));
    cancelFirst.see(gone(exited(0)));
    assertThat(cancelFirst.task().kind()).isEqualTo(Kind.CANCELLED);
    assertThat(cancelFirst.task().attempts().getLast().ending().success()).isFalse();
  }

  @Test
  void a_pause_keeps_a_result_that_was_there_before_Z5() {
    TaskStory story =
        TaskStory.running()
            .output(lastWord(0, SUCCESS))
            .ask(new TaskCommand.Pause(id(1), "later"))
            .see(gone(stoppedAt(10)));
    assertThat(story.task().kind()).isEqualTo(Kind.REVIEW);
  }

  @Test
  void a_result_of_an_agent_that_no_server_saw_start_is_kept_Z5() {
    TaskStory story =
        Examples.prepared()
            .ask(new TaskCommand.Pause(id(1), "later"))
            .output(lastWord(0, SUCCESS))
            .see(gone(exited(0)));
    assertThat(story.task().kind()).isEqualTo(Kind.REVIEW);
    assertThat(story.task().lastStarted()).isPresent();
  }

  @Test
  void an_agent_that_no_server_saw_start_has_run_if_it_left_a_status() {
    TaskStory story =
        Examples.prepared().ask(new TaskCommand.Pause(id(1), "later")).see(gone(stoppedAt(0)));
    assertThat(story.state()).isEqualTo(new TaskState.Paused(ANN, "later"));
    assertThat(story.task().lastStarted()).isPresent();
  }

  @Test
  void money_stops_an_attempt_and_rests_the_task_Z22() {
    TaskStory story = TaskStory.running().output(Samples.costs(0, 4.99));
    assertThat(story.task().kind()).isEqualTo(Kind.RUNNING);
    story.output(Samples.costs(10, 5.00));
    assertThat(((TaskState.Stopping) story.state()).cause()).isEqualTo(StopCause.COST_LIMIT);
    assertThat(story.see(gone(stoppedAt(20))).task().kind()).isEqualTo(Kind.PAUSED);
  }

  @Test
  void money_is_counted_over_all_attempts_Z22() {
    TaskStory story =
        TaskStory.running()
            .output(Samples.costs(0, 3.00))
            .see(new Finding.Exited())
            .see(gone(exited(1)))
            .dispatchResume()
            .claim()
            .see(Samples.preparedReady())
            .see(Samples.spawned())
            .output(Samples.costs(0, 2.00));
    assertThat(((TaskState.Stopping) story.state()).cause()).isEqualTo(StopCause.COST_LIMIT);
    assertThat(story.task().cost()).contains(Samples.usd(5));
  }

  @Test
  void an_attempt_whose_gates_run_is_counted_once_Z22() {
    TaskStory story =
        TaskStory.running(Samples.specFor(Samples.CLAUDE, Limits.DEFAULT, List.of("make check")))
            .output(Samples.costs(0, 3.00), lastWord(10, SUCCESS))
            .see(new Finding.Exited())
            .see(gone(exited(0)));
    assertThat(story.task().kind()).isEqualTo(Kind.VERIFYING);
    assertThat(story.task().cost()).contains(Samples.usd(3));
    assertThat(story.task().tokens()).isEqualTo(150);
  }

  @Test
  void tokens_and_turns_stop_an_attempt() {
    Limits few = limits(OptionalLong.of(150), OptionalInt.empty());
    assertThat(stopCause(few, Samples.costs(0, 0.01))).isEqualTo(StopCause.TOKEN_LIMIT);
    Limits once = limits(OptionalLong.empty(), OptionalInt.of(1));
    var twoTurns = new Usage(1, 1, 0, 0, 2, Optional.empty(), Usage.CostSource.UNKNOWN);
    assertThat(stopCause(once, new AgentEvent.Used(Samples.line(0), twoTurns)))
        .isEqualTo(StopCause.TURN_LIMIT);
  }

  @Test
  void no_limit_stops_an_agent_that_has_said_its_last_word() {
    TaskStory story = TaskStory.running().output(lastWord(0, SUCCESS), Samples.costs(10, 5.01));
    assertThat(story.task().kind()).isEqualTo(Kind.RUNNING);
  }

  @Test
  void a_question_blocks_the_task() {
    TaskStory story = Examples.asked();
    assertThat(((TaskState.Stopping) story.state()).cause()).isEqualTo(StopCause.INPUT_REQUIRED);
    story.see(gone(stoppedAt(10)));
    assertThat(story.state()).isEqualTo(new TaskState.Blocked("Which one?"));
  }

  @Test
  void a_start_that_fails_for_good_fails_the_task_at_once() {
    TaskStory story =
        Examples.prepared()
            .see(Samples.spawnRefused(Spawn.Kind.PROGRAM_MISSING))
            .see(gone(neverRan()));
    assertThat(story.state())
        .isEqualTo(
            new TaskState.Failed(
                new Ending(Codepath.START_FAILED, Reason.SPAWN_FAILED, "no agent")));
    assertThat(story.task().lastStarted()).isEmpty();
  }

  @Test
  void a_start_that_fails_is_tried_again_later_and_uses_up_no_attempt() {
    TaskStory story = Examples.startRefused(1);
    TaskState.WakeUp wakeUp = ((TaskState.Ready) story.state()).wakeUp().orElseThrow();
    assertThat(wakeUp.start().failedStarts()).isEqualTo(1);
    assertThat(Duration.between(story.now().wall(), wakeUp.notBefore()))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    assertThat(story.task().attempts()).noneMatch(PastAttempt::started);
    assertThat(story.after(Duration.ofSeconds(11)).wake().state())
        .isEqualTo(new TaskState.Queued(new Start(StartMode.FRESH, 1, 0)));
  }

  @Test
  void the_fifth_start_that_fails_fails_the_task() {
    assertThat(Examples.startRefused(4).task().kind()).isEqualTo(Kind.READY);
    assertThat(Examples.startRefused(5).state())
        .isEqualTo(
            new TaskState.Failed(
                new Ending(Codepath.START_FAILED, Reason.WORKSPACE_FAILED, "no workspace")));
  }

  @Test
  void a_start_that_goes_well_forgets_the_failed_ones() {
    TaskStory story =
        Examples.startRefused(3)
            .after(Duration.ofMinutes(6))
            .wake()
            .claim()
            .see(Samples.preparedReady())
            .see(Samples.spawned())
            .see(new Finding.Exited())
            .see(gone(exited(1)))
            .dispatchResume();
    assertThat(story.state()).isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESUME)));
  }

  @Test
  void a_reload_begins_the_next_attempt_in_the_same_workspace() {
    TaskStory story = Examples.stopping(new AgentEvent.ReloadAsked(Samples.line(0)));
    assertThat(story.see(gone(exited(0))).state())
        .isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESUME)));
  }

  @Test
  void an_agent_that_only_asks_for_reloads_rests_after_twenty_until_a_person_looks() {
    TaskStory story = Examples.stopping(new AgentEvent.ReloadAsked(Samples.line(0)));
    for (int i = 1; i < 20; i++) {
      story =
          story
              .see(gone(exited(0)))
              .claim()
              .see(Samples.preparedReady())
              .see(Samples.spawned())
              .output(new AgentEvent.ReloadAsked(Samples.line(0)))
              .see(new Finding.Exited());
    }
    assertThat(story.see(gone(exited(0))).state())
        .isEqualTo(
            new TaskState.Paused(
                Actor.SALVOR, "the agent asked 20 times in a row to be started again"));
    assertThat(story.task().attempts()).hasSize(20);
  }

  @Test
  void an_agent_that_asks_for_a_reload_rests_when_its_person_paused_it() {
    TaskStory story =
        TaskStory.running()
            .output(new AgentEvent.ReloadAsked(Samples.line(0)), lastWord(10, SUCCESS))
            .ask(new TaskCommand.Pause(id(1), "later"))
            .see(gone(stoppedAt(20)));
    assertThat(story.state()).isEqualTo(new TaskState.Paused(ANN, "later"));
  }

  @Test
  void an_agent_that_spent_its_money_is_not_started_again_by_a_reload_Z22() {
    TaskStory story =
        Examples.stopping(
            new AgentEvent.ReloadAsked(Samples.line(0)),
            Samples.costs(10, 5.01),
            lastWord(20, SUCCESS));
    assertThat(story.see(gone(exited(0))).task().kind()).isEqualTo(Kind.PAUSED);
  }

  @Test
  void a_success_whose_branch_is_gone_is_a_failure_of_the_workspace() {
    TaskStory story =
        Examples.stopping(lastWord(0, SUCCESS))
            .see(new Finding.Gone(exited(0), WorkspaceSummary.NONE));
    Ending failed = ((TaskState.Failed) story.state()).ending();
    assertThat(failed.reason()).isEqualTo(Reason.WORKSPACE_FAILED);
    assertThat(failed.detail()).isEqualTo("the branch task/TASK-0001 is gone");
  }

  @Test
  void whatever_its_end_a_task_whose_workspace_cannot_be_read_waits_for_a_person_Z5_Z28() {
    for (Evidence evidence : List.of(exited(0), exited(1))) {
      TaskStory story =
          Examples.stopping(lastWord(0, SUCCESS))
              .see(new Finding.GoneUnread(evidence, "the project is gone"));
      Ending failed = ((TaskState.Failed) story.state()).ending();
      assertThat(failed.reason()).isEqualTo(Reason.WORKSPACE_FAILED);
      assertThat(failed.detail())
          .isEqualTo("what is in its workspace is left there and not known: the project is gone");
    }
  }

  @Test
  void a_success_beside_the_tasks_branch_is_a_failure_of_the_workspace_that_names_the_place_Z20() {
    var left =
        new WorkspaceSummary(true, Optional.of(Samples.HEAD), 0, 0, Optional.empty())
            .standing(Optional.of("refs/heads/own"));
    TaskStory story =
        Examples.stopping(lastWord(0, SUCCESS)).see(new Finding.Gone(exited(0), left));
    Ending failed = ((TaskState.Failed) story.state()).ending();
    assertThat(failed.reason()).isEqualTo(Reason.WORKSPACE_FAILED);
    assertThat(failed.detail()).contains("refs/heads/own", "task/TASK-0001");
    assertThat(story.task().attempts().getLast().ending().success()).isTrue();
  }

  @Test
  void gates_run_on_the_commit_before_its_review_Z20() {
    TaskStory story = Examples.gated().see(gone(exited(0)));
    assertThat(((TaskState.Verifying) story.state()).head()).isEqualTo(Samples.HEAD);
    story.see(new Finding.GatesRan(Optional.empty()));
    assertThat(story.state())
        .isEqualTo(
            new TaskState.Review(
                Samples.HEAD,
                List.of(Actor.agent("claude")),
                new Submission("all gates passed", Optional.empty())));
  }

  @Test
  void an_agent_that_talks_without_end_does_not_fill_the_log() {
    TaskStory story = TaskStory.running();
    AgentEvent[] many = new AgentEvent[1_000];
    for (int batch = 0; batch < 30; batch++) {
      java.util.Arrays.fill(many, Samples.said(story.task().progress().offset()));
      story.output(many);
    }
    assertThat(story.task().progress().offset()).isEqualTo(300_000);
    assertThat(story.log()).hasSizeBetween(20_000, 20_020);
    story.output(Samples.said(300_000), Samples.costs(300_010, 9.0));
    assertThat(story.state()).isInstanceOf(TaskState.Stopping.class);
  }

  @Test
  void a_gate_that_fails_asks_for_a_person_Z20() {
    TaskStory story =
        Examples.unrepaired().see(gone(exited(0))).see(new Finding.GatesRan(Optional.of("make")));
    assertThat(story.state()).isEqualTo(new TaskState.NeedsFix(Samples.HEAD, "make"));
  }

  @Test
  void a_branch_that_moved_voids_the_approval_Z19() {
    TaskStory story =
        TaskStory.inReview()
            .approve(BOB)
            .merge()
            .see(new Finding.MergeTried(new MergeOutcome.Diverged(Samples.NEWER_HEAD)));
    assertThat(story.state())
        .isEqualTo(new TaskState.Review(Samples.NEWER_HEAD, List.of(Actor.agent("claude"))));
  }

  @Test
  void a_merge_that_changed_nothing_leaves_the_approval_and_says_why_Z19() {
    TaskStory story =
        TaskStory.inReview()
            .approve(BOB)
            .merge()
            .see(new Finding.MergeTried(new MergeOutcome.Conflict(List.of("fence.txt"))));
    assertThat(((TaskState.Approved) story.state()).refusal())
        .map(TaskFact.MergeRefused::detail)
        .contains("both sides changed fence.txt");
  }

  @Test
  void an_agent_that_is_found_again_stays_the_same_attempt_Z1() {
    TaskStory story = TaskStory.running();
    TaskState before = story.state();
    assertThat(story.see(new Finding.Followed()).state()).isEqualTo(before);
  }

  @Test
  void permanent_problems_are_known_as_such() {
    assertThat(List.of(WorkspaceProblem.Kind.values()))
        .filteredOn(kind -> !kind.permanent())
        .containsExactly(
            WorkspaceProblem.Kind.COPY_FAILED,
            WorkspaceProblem.Kind.SETUP_FAILED,
            WorkspaceProblem.Kind.DISK_FULL,
            WorkspaceProblem.Kind.LOCKED,
            WorkspaceProblem.Kind.GIT_FAILED);
  }

  private static StopCause stopCause(Limits limits, AgentEvent event) {
    TaskStory story =
        TaskStory.running(Samples.specFor(Samples.CLAUDE, limits, List.of())).output(event);
    return ((TaskState.Stopping) story.state()).cause();
  }

  private static Limits limits(OptionalLong tokens, OptionalInt turns) {
    Limits all = Limits.DEFAULT;
    return new Limits(
        all.deadline(),
        all.silence(),
        all.firstEvent(),
        all.resultGrace(),
        all.cost(),
        tokens,
        turns);
  }

  private static void assertDropped(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Dropped.class);
  }
}
