package io.salvor.domain.task;

import static io.salvor.domain.agent.AgentEvent.Verdict.ERROR;
import static io.salvor.domain.agent.AgentEvent.Verdict.PROVIDER_OUTAGE;
import static io.salvor.domain.agent.AgentEvent.Verdict.SUCCESS;
import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.BOB;
import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.lastWord;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.WorkspaceProblem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A merge met a conflict, and an agent is to resolve it.
class ResolvingTest {

  @Test
  void a_conflict_is_where_the_task_stands_with_its_files() {
    TaskState.Approved state = (TaskState.Approved) Examples.mergeRefused().state();
    assertThat(state.refusal().orElseThrow().kind()).isEqualTo(TaskFact.MergeRefused.CONFLICT);
    assertThat(state.refusal().orElseThrow().files()).containsExactly("fence.txt");
  }

  @Test
  void who_goes_on_after_a_conflict_is_to_resolve_it() {
    TaskStory story = Examples.mergeRefused().dispatchResume();
    assertThat(story.state()).isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESOLVE)));
    story.claim().see(Samples.preparedWith(Examples.CONFLICTS));
    assertThat(story.task().attempt().orElseThrow().broughtIn()).contains(Examples.CONFLICTS);
    assertThat(story.see(Samples.spawned()).task().attempt().orElseThrow().broughtIn())
        .contains(Examples.CONFLICTS);
  }

  @Test
  void what_was_resolved_is_judged_again_and_by_somebody_else_Z19() {
    TaskStory story = ended(Examples.resolving(), Samples.NEWER_HEAD);
    TaskState.Review review = (TaskState.Review) story.state();
    assertThat(review.head()).isEqualTo(Samples.NEWER_HEAD);
    assertThat(review.executors()).containsExactly(Actor.agent("claude"));
    assertThat(story.refusal(ANN, new TaskCommand.Merge(id(1))).code())
        .isEqualTo(Refusal.Code.WRONG_STATE);
    assertThat(
            story
                .refusal(
                    Actor.agent("claude"),
                    new TaskCommand.Approve(
                        id(1), Optional.empty(), Samples.clean(Samples.NEWER_HEAD), "", true))
                .code())
        .isEqualTo(Refusal.Code.SELF_APPROVAL);
  }

  @Test
  void an_agent_that_commits_nothing_has_resolved_nothing() {
    TaskStory story = ended(Examples.resolving(), Samples.HEAD);
    assertThat(story.state())
        .isEqualTo(new TaskState.NeedsFix(Samples.HEAD, "conflicts are left in fence.txt"));
    assertThat(story.dispatchResume().state())
        .isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESOLVE)));
  }

  @Test
  void where_the_target_fitted_after_all_nothing_needs_to_be_committed() {
    TaskStory story =
        Examples.mergeRefused()
            .dispatchResume()
            .claim()
            .see(Samples.preparedWith(new BroughtIn.Clean("d".repeat(40))))
            .see(Samples.spawned());
    assertThat(ended(story, Samples.NEWER_HEAD).task().kind()).isEqualTo(Kind.REVIEW);
  }

  @Test
  void an_attempt_at_it_that_failed_is_followed_by_another_one() {
    TaskStory failed =
        Examples.resolving()
            .output(lastWord(0, ERROR))
            .see(new Finding.Exited())
            .see(gone(exited(1)));
    assertThat(failed.task().kind()).isEqualTo(Kind.FAILED);
    assertThat(failed.dispatchResume().state())
        .isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESOLVE)));

    TaskStory paused =
        Examples.resolving()
            .ask(new TaskCommand.Pause(id(1), ""))
            .see(gone(Samples.stoppedAt(0)))
            .ask(new TaskCommand.Resume(id(1), Optional.empty()));
    assertThat(paused.state()).isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESOLVE)));

    TaskStory reloaded =
        Examples.resolving()
            .output(new AgentEvent.ReloadAsked(Samples.line(0)))
            .see(new Finding.Exited())
            .see(gone(exited(0)));
    assertThat(reloaded.state()).isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESOLVE)));
  }

  @Test
  void a_start_that_failed_is_tried_again_in_the_same_way() {
    TaskStory story =
        Examples.mergeRefused()
            .dispatchResume()
            .claim()
            .see(Samples.preparedWith(Examples.CONFLICTS))
            .see(Samples.spawnRefused(Spawn.Kind.FAILED))
            .see(gone(Samples.neverRan()));
    assertThat(((TaskState.Ready) story.state()).wakeUp().orElseThrow().start().mode())
        .isEqualTo(StartMode.RESOLVE);
  }

  @Test
  void a_target_that_is_gone_ends_it_for_good_and_once_it_is_named_anew_it_goes_on() {
    TaskStory story =
        Examples.mergeRefused()
            .dispatchResume()
            .claim()
            .see(Samples.preparedRefused(WorkspaceProblem.Kind.TARGET_GONE))
            .see(gone(Samples.neverRan()));
    assertThat(story.task().kind()).isEqualTo(Kind.FAILED);
    story.edit(new Change.Target(Optional.of("release")));
    assertThat(story.dispatchResume().state())
        .isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESOLVE)));
  }

  @Test
  void after_another_verdict_work_is_gone_on_with_as_ever() {
    TaskStory rejected =
        ended(Examples.resolving(), Samples.NEWER_HEAD)
            .ask(BOB, new TaskCommand.Reject(id(1), "not so"));
    assertThat(rejected.dispatchResume().state())
        .isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESUME)));

    TaskStory dirty =
        TaskStory.inReview()
            .approve(BOB)
            .merge()
            .see(new Finding.MergeTried(new MergeOutcome.DirtyOverlap(List.of("fence.txt"))));
    assertThat(dirty.dispatchResume().state())
        .isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESUME)));
  }

  @Test
  void work_that_a_person_did_can_be_resolved_by_an_agent_too() {
    TaskStory story =
        TaskStory.added()
            .ask(ANN, new TaskCommand.Done(id(1), "by hand", false, Samples.clean()))
            .approve(BOB)
            .merge()
            .see(new Finding.MergeTried(new MergeOutcome.Conflict(List.of("fence.txt"))))
            .dispatchResume();
    assertThat(story.state()).isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESOLVE)));
  }

  @Test
  void a_person_s_approved_work_is_not_begun_afresh_after_a_pause_Z5() {
    TaskStory story =
        TaskStory.added()
            .ask(ANN, new TaskCommand.Done(id(1), "by hand", false, Samples.clean()))
            .approve(BOB)
            .merge()
            .see(new Finding.MergeTried(new MergeOutcome.Conflict(List.of("fence.txt"))))
            .dispatchResume()
            .ask(new TaskCommand.Pause(id(1), "later"))
            .ask(new TaskCommand.Resume(id(1), Optional.empty()));
    assertThat(story.state()).isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESUME)));
  }

  @Test
  void who_does_not_wait_for_the_next_attempt_at_it_has_the_same_begun() {
    TaskStory parked =
        TaskStory.running(Examples.autoSpec())
            .output(lastWord(0, SUCCESS))
            .see(new Finding.Exited())
            .see(gone(exited(0)))
            .approve(BOB)
            .merge()
            .see(new Finding.MergeTried(new MergeOutcome.Conflict(List.of("fence.txt"))))
            .dispatchResume()
            .claim()
            .see(Samples.preparedWith(Examples.CONFLICTS))
            .see(Samples.spawned())
            .output(lastWord(0, PROVIDER_OUTAGE))
            .see(new Finding.Exited())
            .see(gone(exited(1)));
    assertThat(parked.task().kind()).isEqualTo(Kind.READY);
    var resume = new TaskCommand.Dispatch(id(1), StartMode.RESUME, Optional.empty());
    var accepted = (Outcome.Accepted) parked.asking(ANN, resume);
    assertThat(accepted.task().state())
        .isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESOLVE)));

    TaskStory waiting = parked.waitFor(id(2)).dispatchResume();
    assertThat(waiting.state())
        .isEqualTo(new TaskState.Pending(List.of(id(2)), Optional.of(StartMode.RESOLVE)));
  }

  /// The agent says that it is done, and leaves the branch there.
  private static TaskStory ended(TaskStory story, String head) {
    return story
        .output(lastWord(0, SUCCESS))
        .see(new Finding.Exited())
        .see(new Finding.Gone(exited(0), Samples.clean(head)));
  }
}
