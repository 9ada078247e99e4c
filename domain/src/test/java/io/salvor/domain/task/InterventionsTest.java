package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.BOB;
import static io.salvor.domain.task.Samples.clean;
import static io.salvor.domain.task.Samples.dirty;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.spec;
import static io.salvor.domain.task.Samples.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.task.Change.Timer;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Refusal.Code;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A person steps in by hand.
final class InterventionsTest {
  private static final TaskCommand.Retry RETRY = new TaskCommand.Retry(id(1), "mended");
  private static final TaskCommand.Reset RESET = new TaskCommand.Reset(id(1), "wrong way", dirty());
  private static final TaskCommand.Verify VERIFY = new TaskCommand.Verify(id(1), clean());
  private static final GateRun PASSED = new GateRun("make check", "", "ok");

  private static StartMode queued(TaskStory story) {
    return ((TaskState.Queued) story.state()).start().mode();
  }

  private static TaskStory endedBy(StopCause cause) {
    return TaskStory.running()
        .output(Samples.said(0))
        .see(new Finding.LimitReached(cause))
        .see(Samples.gone(Samples.stoppedAt(10)));
  }

  @Test
  void a_retry_goes_on_where_the_matrix_says_resume() {
    TaskStory story = Examples.failed().ask(RETRY);
    assertThat(queued(story)).isEqualTo(StartMode.RESUME);
    assertThat(story.lastFacts().getFirst()).isEqualTo(new TaskFact.Retried("mended"));
  }

  @Test
  void a_retry_that_is_to_be_fresh_is_that_whatever_the_matrix_says() {
    var fresh = new TaskCommand.Retry(id(1), "", true, Optional.empty(), List.of());
    assertThat(queued(Examples.failed().ask(fresh))).isEqualTo(StartMode.FRESH);
  }

  @Test
  void a_retry_raises_the_limit_that_was_the_cause_unless_a_person_names_it() {
    Duration had = spec().limits().deadline();
    assertThat(endedBy(StopCause.DEADLINE).ask(RETRY).task().spec().limits().deadline())
        .isEqualTo(had.multipliedBy(2));
    Change mine = new Change.TimeLimit(Timer.DEADLINE, Duration.ofHours(9));
    var retry = new TaskCommand.Retry(id(1), "", false, Optional.of(usd(9)), List.of(mine));
    TaskStory told = endedBy(StopCause.DEADLINE).ask(retry);
    assertThat(told.task().spec().limits().deadline()).isEqualTo(Duration.ofHours(9));
    assertThat(told.task().spec().limits().cost()).hasValue(usd(9));
  }

  @Test
  void a_retry_of_what_never_started_begins_at_the_base() {
    TaskStory story = Examples.startRefused(1).ask(RETRY);
    assertThat(queued(story)).isEqualTo(StartMode.FRESH);
  }

  @Test
  void what_a_retry_is_not_for_is_refused_with_the_command_that_is() {
    assertThat(TaskStory.added().refusal(ANN, RETRY).code()).isEqualTo(Code.NOTHING_THERE);
    assertThat(TaskStory.running().refusal(ANN, RETRY).code()).isEqualTo(Code.WRONG_STATE);
    assertThat(TaskStory.inReview().refusal(ANN, RETRY).hint())
        .isEqualTo("salvor task dispatch --resume TASK-0001");
    TaskStory asked = Examples.asked().see(Samples.gone(Samples.stoppedAt(10)));
    assertThat(asked.refusal(ANN, RETRY).hint()).startsWith("salvor task answer TASK-0001");
    TaskStory paused = TaskStory.added().ask(new TaskCommand.Pause(id(1), ""));
    assertThat(paused.refusal(ANN, RETRY).hint()).isEqualTo("salvor task resume TASK-0001");
  }

  @Test
  void a_reset_takes_a_number_of_its_own_and_leaves_nothing_to_resume_Z16() {
    TaskStory story = Examples.reset().see(new Finding.PutBack(Optional.empty()));
    assertThat(story.task().kind()).isEqualTo(Kind.READY);
    assertThat(story.task().executors()).isEmpty();
    var resume = new TaskCommand.Dispatch(id(1), StartMode.RESUME, Optional.empty());
    assertThat(story.refusal(ANN, resume).code()).isEqualTo(Code.NOTHING_THERE);
    story.dispatch().claim();
    assertThat(story.task().attempt().orElseThrow().ref().number()).isEqualTo(3);
    assertThat(story.task().attempt().orElseThrow().mode()).isEqualTo(StartMode.FRESH);
  }

  @Test
  void a_reset_that_was_refused_leaves_the_work_and_who_did_it_Z19() {
    TaskStory story = Examples.reset().see(new Finding.PutBack(Optional.of("somebody is in it")));
    assertThat(story.task().executors()).containsExactly(Actor.agent("claude"));
    assertThat(queued(story.dispatchResume())).isEqualTo(StartMode.RESUME);
  }

  @Test
  void nobody_works_in_a_workspace_that_is_being_put_back() {
    TaskStory story = Examples.reset();
    for (TaskCommand command :
        List.of(
            VERIFY,
            RESET,
            RETRY,
            new TaskCommand.Done(id(1), "", false, clean()),
            new TaskCommand.Salvage(id(1), "", Optional.empty(), dirty()),
            new TaskCommand.OpenShell(id(1), List.of("sh")),
            new TaskCommand.Dispatch(id(1), StartMode.RESUME, Optional.empty()))) {
      assertThat(story.refusal(ANN, command).code()).as("%s", command).isEqualTo(Code.WRONG_STATE);
    }
  }

  @Test
  void a_shell_in_a_workspace_that_somebody_reset_while_it_ran_is_seen_by_the_reset() {
    TaskStory story = Examples.reset().see(new Finding.PutBack(Optional.of("somebody is in it")));
    assertThat(story.ask(RESET).task().kind()).isEqualTo(Kind.READY);
    assertThat(((TaskState.Ready) story.state()).reset().orElseThrow().number()).isEqualTo(3);
  }

  @Test
  void gates_run_by_hand_need_no_slot_and_lead_back_to_where_it_was() {
    TaskStory story = Examples.verified();
    assertThat(story.task().kind()).isEqualTo(Kind.VERIFYING);
    assertThat(story.task().holdsSlot()).isFalse();
    story.see(new Finding.Checked(List.of(PASSED)));
    assertThat(story.task().kind()).isEqualTo(Kind.REVIEW);
    assertThat(story.lastFacts())
        .containsExactly(new TaskFact.Verified(Samples.HEAD, List.of(PASSED)));
    assertThat(story.approve(BOB).task().kind()).isEqualTo(Kind.APPROVED);
  }

  @Test
  void gates_that_are_not_there_cannot_be_run() {
    assertThat(Examples.failed().refusal(ANN, VERIFY).code()).isEqualTo(Code.NOTHING_THERE);
    assertThat(TaskStory.running().refusal(ANN, VERIFY).code()).isEqualTo(Code.WRONG_STATE);
  }

  /// A merge that it waits for would not reach it meanwhile, and it would wait for ever.
  @Test
  void gates_are_not_run_while_it_waits_for_other_tasks_Z24() {
    TaskStory story =
        Examples.verified()
            .see(new Finding.Checked(List.of(PASSED)))
            .ask(new TaskCommand.Reopen(id(1), ""))
            .waitFor(id(2));
    assertThat(story.task().kind()).isEqualTo(Kind.PENDING);
    assertThat(story.refusal(ANN, VERIFY).code()).isEqualTo(Code.WRONG_STATE);
    assertThat(story.dependencyMet(id(2)).ask(VERIFY).task().kind()).isEqualTo(Kind.VERIFYING);
  }

  @Test
  void a_gate_that_fails_on_what_would_be_merged_leads_back_to_approved_and_to_an_agent_Z19() {
    TaskStory story = Examples.mergeRefusedByGate();
    assertThat(story.task().kind()).isEqualTo(Kind.APPROVED);
    assertThat(story.task().attempts().getLast().gateFailure())
        .hasValue("gate `make check` failed");
    assertThat(queued(story.dispatchResume())).isEqualTo(StartMode.RESOLVE);
  }

  @Test
  void unresolved_conflicts_are_no_work_to_save() {
    var salvage =
        new TaskCommand.Salvage(id(1), "", Optional.empty(), dirty(), List.of("a.txt", "b.txt"));
    Refusal refusal = Examples.failed().refusal(ANN, salvage);
    assertThat(refusal.code()).isEqualTo(Code.CONFLICTS_LEFT);
    assertThat(refusal.detail()).contains("a.txt, b.txt");
  }

  @ParameterizedTest
  @CsvSource({
    // commits, uncommitted files, whether the branch is there, whether there is something to save
    "1, 0, true, true",
    "0, 1, true, true",
    "0, 0, true, false",
    "1, 1, false, false",
  })
  void what_was_left_can_be_saved_where_there_is_a_branch_with_work(
      int commits, int files, boolean branch, boolean saved) {
    Optional<String> head = branch ? Optional.of(Samples.HEAD) : Optional.empty();
    var left = new WorkspaceSummary(true, head, commits, files, Optional.empty());
    Outcome outcome =
        Examples.failed().asking(ANN, new TaskCommand.Salvage(id(1), "", Optional.empty(), left));
    assertThat(outcome instanceof Outcome.Accepted).isEqualTo(saved);
    if (outcome instanceof Outcome.Refused(var refusal)) {
      assertThat(refusal.code()).isEqualTo(Code.NOTHING_THERE);
    }
  }

  @Test
  void what_is_declared_done_despite_loose_files_is_recorded_as_forced() {
    TaskStory story = Examples.failed().ask(new TaskCommand.Done(id(1), "", true, dirty()));
    assertThat(story.lastFacts().getFirst()).isInstanceOf(TaskFact.Forced.class);
    assertThat(Examples.failed().ask(new TaskCommand.Done(id(1), "", true, clean())).lastFacts())
        .hasSize(1);
  }

  @Test
  void a_merge_that_found_the_target_moved_each_time_is_refused() {
    TaskStory story =
        TaskStory.inReview()
            .approve(BOB)
            .merge()
            .see(new Finding.MergeTried(new MergeOutcome.TargetMoved("d".repeat(40))));
    assertThat(story.task().kind()).isEqualTo(Kind.APPROVED);
  }
}
