package io.salvor.domain.task;

import static io.salvor.domain.agent.AgentEvent.Verdict.SUCCESS;
import static io.salvor.domain.task.Refusal.Code.COMMIT_MOVED;
import static io.salvor.domain.task.Refusal.Code.NOTHING_THERE;
import static io.salvor.domain.task.Refusal.Code.NO_TARGET;
import static io.salvor.domain.task.Refusal.Code.OVER_BUDGET;
import static io.salvor.domain.task.Refusal.Code.SELF_APPROVAL;
import static io.salvor.domain.task.Refusal.Code.TASK_EXISTS;
import static io.salvor.domain.task.Refusal.Code.UNCOMMITTED_WORK;
import static io.salvor.domain.task.Refusal.Code.WRONG_STATE;
import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.BOB;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskDeciderTest {
  private static final Actor AGENT = Actor.agent("claude");

  @Test
  void a_task_added_with_a_dispatch_waits_for_a_slot_at_once() {
    assertThat(TaskStory.addedAndDispatched(Samples.spec()).state())
        .isEqualTo(new TaskState.Queued(Start.asked(StartMode.FRESH)));
  }

  @Test
  void a_dispatch_of_a_pending_task_is_kept_until_its_dependencies_are_merged() {
    TaskStory story = TaskStory.added(Samples.specWaitingFor(id(2), id(3))).dispatch();
    assertThat(story.task().kind()).isEqualTo(Kind.PENDING);
    assertThat(story.dependencyMet(id(2)).state())
        .isEqualTo(new TaskState.Pending(List.of(id(3)), Optional.of(StartMode.FRESH)));
    assertThat(story.dependencyMet(id(3)).task().kind()).isEqualTo(Kind.QUEUED);
  }

  @Test
  void the_fencing_token_of_an_attempt_is_the_seq_of_its_claim() {
    TaskStory story = TaskStory.addedAndDispatched(Samples.spec());
    long seq = story.nextSeq();
    assertThat(story.claim().task().attempt().orElseThrow().ref().epoch()).isEqualTo(seq);
  }

  @Test
  void attempts_are_numbered_on() {
    TaskStory story = Examples.failed().dispatchResume().claim();
    assertThat(story.task().attempt().orElseThrow().ref().number()).isEqualTo(2);
    assertThat(story.task().attempt().orElseThrow().mode()).isEqualTo(StartMode.RESUME);
  }

  @Test
  void only_a_queued_task_is_claimed() {
    assertThatThrownBy(() -> TaskStory.added().claim()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void only_a_parked_task_is_woken() {
    assertThatThrownBy(() -> TaskStory.added().wake()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_task_without_earlier_work_cannot_be_resumed() {
    assertRefused(TaskStory.added(), dispatch(StartMode.RESUME), NOTHING_THERE);
  }

  @Test
  void a_task_that_is_worked_on_is_not_dispatched_again_Z2() {
    assertRefused(TaskStory.running(), dispatch(StartMode.FRESH), WRONG_STATE);
    assertRefused(TaskStory.running(), dispatch(StartMode.RESUME), WRONG_STATE);
  }

  @Test
  void earlier_work_is_not_thrown_away_by_a_plain_dispatch() {
    assertRefused(Examples.failed(), dispatch(StartMode.FRESH), WRONG_STATE);
  }

  @Test
  void a_spent_task_goes_on_only_with_more_money_Z22() {
    TaskStory story = Examples.spent().see(Samples.gone(Samples.stoppedAt(10)));
    assertThat(story.task().kind()).isEqualTo(Kind.PAUSED);
    assertRefused(story, new TaskCommand.Resume(id(1), Optional.empty()), OVER_BUDGET);
    assertRefused(story, new TaskCommand.Resume(id(1), Optional.of(usd(5))), OVER_BUDGET);
    assertRefused(story, new TaskCommand.Resume(id(1), Optional.of(usd(5.01))), OVER_BUDGET);
    story.ask(new TaskCommand.Resume(id(1), Optional.of(usd(10))));
    assertThat(story.task().kind()).isEqualTo(Kind.QUEUED);
    assertThat(story.task().spec().limits().cost()).contains(usd(10));
  }

  @Test
  void an_answer_is_kept_with_the_attempt_that_asked_and_the_task_goes_on() {
    TaskStory story = Examples.asked().see(Samples.gone(Samples.stoppedAt(1_000_000)));
    story.ask(BOB, new TaskCommand.Answer(id(1), "the first", Optional.empty()));
    assertThat(story.state()).isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESUME)));
    PastAttempt asked = story.task().attempts().getLast();
    assertThat(asked.question()).contains("Which one?");
    assertThat(asked.answer().orElseThrow().by()).isEqualTo(BOB);
    assertThat(asked.answer().orElseThrow().text()).isEqualTo("the first");
    assertThat(story.refusal(BOB, new TaskCommand.Answer(id(1), "no", Optional.empty())).code())
        .isEqualTo(WRONG_STATE);
  }

  @Test
  void an_answer_starts_nothing_that_the_budget_forbids_and_may_raise_it() {
    TaskStory story = TaskStory.running().output(Samples.costs(0, 1.0));
    long offset = story.task().progress().offset();
    story
        .output(new AgentEvent.Asked(Samples.line(offset), "Which one?"))
        .see(Samples.gone(Samples.stoppedAt(1_000_000)));
    story.ask(
        new TaskCommand.Edit(
            id(1), List.of(new Change.Cost(Optional.of(usd(0.01)))), Optional.empty()));
    assertRefused(story, new TaskCommand.Answer(id(1), "yes", Optional.empty()), OVER_BUDGET);
    assertThat(story.task().attempts().getLast().answer()).isEmpty();
    story.ask(new TaskCommand.Answer(id(1), "yes", Optional.of(usd(9))));
    assertThat(story.task().kind()).isEqualTo(Kind.QUEUED);
  }

  @Test
  void a_person_goes_into_a_workspace_only_while_no_attempt_is_in_it() {
    var shell = new TaskCommand.OpenShell(id(1), List.of("sh", "-l"));
    assertThat(TaskStory.added().refusal(ANN, shell).code()).isEqualTo(NOTHING_THERE);
    assertThat(TaskStory.running().refusal(ANN, shell).code()).isEqualTo(WRONG_STATE);
    TaskStory failed = Examples.failed();
    TaskState before = failed.state();
    failed.ask(ANN, shell);
    assertThat(failed.state()).isEqualTo(before);
    assertThat(failed.task().executors()).containsExactly(AGENT);
  }

  @Test
  void an_executor_may_not_judge_its_own_work_Z19() {
    TaskStory story = TaskStory.inReview();
    assertThat(story.refusal(AGENT, approve(Optional.empty())).code()).isEqualTo(SELF_APPROVAL);
    assertThat(story.refusal(AGENT, new TaskCommand.Reject(id(1), "")).code())
        .isEqualTo(SELF_APPROVAL);
    story.approve(BOB);
    assertThat(story.refusal(AGENT, new TaskCommand.Reject(id(1), "")).code())
        .isEqualTo(SELF_APPROVAL);
  }

  @Test
  void who_declares_work_done_has_done_it_and_may_not_approve_it_Z19() {
    TaskStory story = Examples.failed().ask(ANN, done(false, Samples.clean()));
    assertThat(story.state())
        .isEqualTo(
            new TaskState.Review(
                Samples.HEAD, List.of(AGENT, ANN), new Submission("done", Optional.empty())));
    assertThat(story.refusal(ANN, approve(Optional.empty())).code()).isEqualTo(SELF_APPROVAL);
    assertThat(story.approve(BOB).task().kind()).isEqualTo(Kind.APPROVED);
  }

  /// Stories of the simulator's seeds 6 and 110: a person's work was forgotten when somebody else
  /// declared it done, or when an agent went on with it.
  @Test
  void whose_work_is_still_in_the_branch_may_not_approve_it_Z19() {
    TaskStory doneAgain =
        Examples.failed()
            .ask(ANN, done(false, Samples.clean()))
            .ask(BOB, done(false, Samples.clean()));
    assertThat(doneAgain.refusal(ANN, approve(Optional.empty())).code()).isEqualTo(SELF_APPROVAL);

    TaskStory wentOn =
        TaskStory.added()
            .ask(ANN, done(false, Samples.clean()))
            .ask(BOB, new TaskCommand.Reject(id(1), "not yet"))
            .ask(new TaskCommand.Reopen(id(1), "again"));
    succeed(wentOn.dispatch(), StartMode.FRESH);
    assertThat(wentOn.task().executors()).containsExactly(AGENT);
    wentOn.ask(ANN, done(false, Samples.clean()));
    succeed(wentOn.dispatchResume(), StartMode.RESUME);
    assertThat(((TaskState.Review) wentOn.state()).executors()).containsExactly(AGENT, ANN);
    assertThat(wentOn.refusal(ANN, approve(Optional.empty())).code()).isEqualTo(SELF_APPROVAL);
  }

  private static void succeed(TaskStory story, StartMode mode) {
    story.claim().see(Samples.preparedReady()).see(Samples.spawned());
    assertThat(story.task().attempt().orElseThrow().mode()).isEqualTo(mode);
    story
        .output(Samples.lastWord(0, SUCCESS))
        .see(new Observation.Finding.Exited())
        .see(Samples.gone(Samples.exited(0)));
  }

  @Test
  void who_dispatched_it_may_approve_it() {
    assertThat(TaskStory.inReview().approve(ANN).task().kind()).isEqualTo(Kind.APPROVED);
  }

  @Test
  void an_approval_is_of_the_commit_that_was_looked_at_Z19() {
    TaskStory story = TaskStory.inReview();
    assertThat(story.refusal(BOB, approve(Optional.of(Samples.NEWER_HEAD))).code())
        .isEqualTo(COMMIT_MOVED);
    assertThat(
            story
                .refusal(
                    BOB,
                    new TaskCommand.Approve(
                        id(1), Optional.empty(), Samples.clean(Samples.NEWER_HEAD), "", false))
                .code())
        .isEqualTo(COMMIT_MOVED);
    assertThat(
            story
                .refusal(
                    BOB,
                    new TaskCommand.Approve(
                        id(1), Optional.empty(), WorkspaceSummary.NONE, "", false))
                .code())
        .isEqualTo(NOTHING_THERE);
  }

  @Test
  void an_approved_commit_is_not_merged_in_place_of_another_that_was_named_Z19() {
    TaskStory story = TaskStory.inReview().approve(BOB);
    assertThat(story.refusal(ANN, approveAndMerge(Samples.NEWER_HEAD)).code())
        .isEqualTo(COMMIT_MOVED);
    assertThat(story.ask(ANN, approveAndMerge(Samples.HEAD)).task().kind()).isEqualTo(Kind.MERGING);
  }

  @Test
  void without_a_target_nothing_is_merged() {
    TaskStory story =
        TaskStory.added(Samples.specWithoutTarget()).ask(done(false, Samples.clean()));
    assertThat(
            story
                .refusal(
                    BOB,
                    new TaskCommand.Approve(id(1), Optional.empty(), Samples.clean(), "", true))
                .code())
        .isEqualTo(NO_TARGET);
    assertRefused(story.approve(BOB), new TaskCommand.Merge(id(1)), NO_TARGET);
  }

  @Test
  void uncommitted_work_is_not_done_unless_forced() {
    assertRefused(TaskStory.added(), done(false, Samples.dirty()), UNCOMMITTED_WORK);
    assertThat(TaskStory.added().ask(done(true, Samples.dirty())).task().kind())
        .isEqualTo(Kind.REVIEW);
    assertRefused(TaskStory.added(), done(true, WorkspaceSummary.NONE), NOTHING_THERE);
  }

  @Test
  void a_task_is_added_once() {
    assertRefused(
        TaskStory.added(),
        new TaskCommand.Create(id(1), Samples.spec(), "", 0, false),
        TASK_EXISTS);
  }

  @Test
  void a_cancel_while_a_stop_is_under_way_decides_where_it_goes_Z4() {
    TaskStory story = Examples.stopping(Samples.lastWord(0, SUCCESS));
    story.ask(new TaskCommand.Cancel(id(1), "not wanted"));
    story.see(Samples.gone(Samples.exited(0)));
    assertThat(story.state()).isEqualTo(new TaskState.Cancelled(ANN, "not wanted"));
    assertThat(story.task().attempts().getLast().ending().success()).isTrue();
  }

  @Test
  void a_cancel_cannot_be_turned_into_a_pause() {
    TaskStory story = TaskStory.running().ask(new TaskCommand.Cancel(id(1), "no"));
    assertRefused(story, new TaskCommand.Pause(id(1), "later"), WRONG_STATE);
    assertRefused(story, new TaskCommand.Cancel(id(1), "no"), WRONG_STATE);
  }

  @Test
  void a_pause_of_an_attempt_that_fails_to_start_holds() {
    TaskStory story =
        Examples.prepared()
            .see(Samples.spawnRefused(Spawn.Kind.FAILED))
            .ask(new TaskCommand.Pause(id(1), "later"))
            .see(Samples.gone(Samples.neverRan()));
    assertThat(story.state()).isEqualTo(new TaskState.Paused(ANN, "later"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"MERGED", "CANCELLED", "SKIPPED"})
  void nothing_leads_out_of_a_final_state_Z4(Kind kind) {
    for (Examples.Example example : Lifecycle.examplesOf(kind)) {
      for (Stimuli.Stimulus stimulus : Stimuli.all()) {
        Lifecycle.outcome(example, stimulus)
            .ifPresent(outcome -> {
              if (outcome instanceof Outcome.Accepted accepted) {
                assertThat(accepted.task().kind()).isEqualTo(kind);
              }
            });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_person_has_a_way_out_of_every_state_that_is_not_final_Z28(Kind kind) {
    if (kind.isFinal() || kind == Kind.MERGING) {
      return; // a merge that may have happened is read back, not called off
    }
    Stimuli.Stimulus cancel =
        Stimuli.commands().stream()
            .filter(it -> it.name().equals("cancel"))
            .findFirst()
            .orElseThrow();
    assertThat(Lifecycle.outcomes(kind, cancel)).hasAtLeastOneElementOfType(Outcome.Accepted.class);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void every_refusal_of_a_state_says_what_to_do_instead(Kind kind) {
    for (Examples.Example example : Lifecycle.examplesOf(kind)) {
      for (Stimuli.Stimulus command : Stimuli.commands()) {
        if (Lifecycle.outcome(example, command).orElse(null)
            instanceof Outcome.Refused(var refusal)) {
          assertThat(refusal.detail()).isNotEmpty();
        }
      }
    }
  }

  private static void assertRefused(TaskStory story, TaskCommand command, Refusal.Code code) {
    assertThat(story.refusal(ANN, command).code()).isEqualTo(code);
  }

  private static TaskCommand dispatch(StartMode mode) {
    return new TaskCommand.Dispatch(id(1), mode, Optional.empty());
  }

  private static TaskCommand done(boolean force, WorkspaceSummary workspace) {
    return new TaskCommand.Done(id(1), "done", force, workspace);
  }

  private static TaskCommand approve(Optional<String> commit) {
    return new TaskCommand.Approve(id(1), commit, Samples.clean(), "", false);
  }

  private static TaskCommand approveAndMerge(String commit) {
    return new TaskCommand.Approve(id(1), Optional.of(commit), Samples.clean(commit), "", true);
  }
}
