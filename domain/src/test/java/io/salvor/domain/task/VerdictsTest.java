package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.BOB;
import static io.salvor.domain.task.Samples.HEAD;
import static io.salvor.domain.task.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.PushOutcome;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said with work and with verdicts stays with them; what a push comes to changes no merge.
class VerdictsTest {
  private static final String TARGET_COMMIT = "d".repeat(40);
  private static final MergeOutcome MERGED = new MergeOutcome.Merged(TARGET_COMMIT);

  private static TaskCommand done(Optional<String> domain) {
    return new TaskCommand.Done(id(1), "mended", domain, false, Samples.clean());
  }

  private static TaskCommand approve(Optional<String> domain, Optional<TaskCommand.Merge> merge) {
    return new TaskCommand.Approve(
        id(1), Optional.empty(), Samples.clean(), new TaskCommand.Words("fine", domain), merge);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # the task's, as handed in, as judged, as kept
          ,,,
          docs,,,docs
          docs,code,,code
          docs,code,security,security
          ,code,,code
          ,,security,security
          """)
  void a_verdict_is_in_the_domain_that_was_named_last(
      String own, String handedIn, String judged, String kept) {
    TaskStory story = TaskStory.added();
    Optional.ofNullable(own)
        .ifPresent(domain -> story.edit(new Change.Domain(Optional.of(domain))));
    story.ask(ANN, done(Optional.ofNullable(handedIn)));
    story.ask(BOB, approve(Optional.ofNullable(judged), Optional.empty()));

    TaskState.Approved approved = (TaskState.Approved) story.state();
    assertThat(approved.verdict()).isEqualTo(new Verdict(BOB, "fine", Optional.ofNullable(kept)));
  }

  @Test
  void files_that_nobody_committed_are_not_accepted_in_place_of_a_commit_Z19() {
    TaskStory story = TaskStory.inReview();
    story.ask(ANN, new TaskCommand.Done(id(1), "mended", Optional.empty(), true, atTheBase(3)));
    Refusal refusal = story.refusal(BOB, approve(atTheBase(3)));
    assertThat(refusal.code()).isEqualTo(Refusal.Code.UNCOMMITTED_WORK);
    assertThat(story.ask(BOB, approve(atTheBase(0))).task().kind()).isEqualTo(Kind.APPROVED);
  }

  private static WorkspaceSummary atTheBase(int uncommitted) {
    return new WorkspaceSummary(true, Optional.of(Samples.BASE), 0, uncommitted, Optional.empty());
  }

  private static TaskCommand approve(WorkspaceSummary workspace) {
    var words = new TaskCommand.Words("fine", Optional.empty());
    return new TaskCommand.Approve(id(1), Optional.empty(), workspace, words, Optional.empty());
  }

  @Test
  void what_was_said_of_the_work_is_there_for_the_judge() {
    TaskStory story = TaskStory.added().ask(ANN, done(Optional.of("code")));
    assertThat(((TaskState.Review) story.state()).submission())
        .isEqualTo(new Submission("mended", Optional.of("code")));
  }

  @Test
  void the_verdict_stays_with_what_is_merged() {
    TaskStory story = TaskStory.inReview();
    story.ask(BOB, approve(Optional.of("code"), Optional.of(new TaskCommand.Merge(id(1)))));
    story.see(new Finding.MergeTried(MERGED));
    assertThat(story.state())
        .isEqualTo(
            new TaskState.Merged(
                HEAD,
                new Verdict(BOB, "fine", Optional.of("code")),
                "main",
                TARGET_COMMIT,
                Optional.empty()));
  }

  @Test
  void a_push_is_intended_with_the_merge_and_again_with_its_commit_before_it_happens() {
    TaskStory story = TaskStory.inReview().approve(BOB).mergeAndPush();
    assertThat(story.lastFacts())
        .containsExactly(new TaskFact.MergeIntended(HEAD, "main", Optional.of("origin")));

    story.see(new Finding.MergeTried(MERGED));
    assertThat(story.lastFacts())
        .containsExactly(
            new TaskFact.Merged(TARGET_COMMIT),
            new TaskFact.PushIntended("origin", "main", TARGET_COMMIT));
    assertThat(story.task().kind()).isEqualTo(Kind.MERGED);
    assertThat(story.task().isSettled()).isFalse();
  }

  @Test
  void a_merge_without_a_push_is_settled_at_once() {
    assertThat(Examples.merged().task().isSettled()).isTrue();
  }

  @Test
  void what_is_pushed_is_settled() {
    TaskStory story = Examples.pushing().see(new Finding.PushTried(new PushOutcome.Pushed()));
    assertThat(push(story)).isEqualTo(new Push("origin", new Push.Progress.Done()));
    assertThat(story.task().isSettled()).isTrue();
  }

  @Test
  void a_push_that_fails_leaves_the_work_merged_and_is_not_tried_again() {
    TaskStory story =
        Examples.pushing().see(new Finding.PushTried(new PushOutcome.Refused("closed")));
    assertThat(story.task().kind()).isEqualTo(Kind.MERGED);
    assertThat(push(story)).isEqualTo(new Push("origin", new Push.Progress.Failed("closed")));
    assertThat(story.task().isSettled()).isTrue();
    assertThat(story.seeing(new Finding.PushTried(new PushOutcome.Pushed())))
        .isInstanceOf(Outcome.Dropped.class);
  }

  @Test
  void a_merge_that_is_refused_pushes_nothing() {
    TaskStory story =
        TaskStory.inReview()
            .approve(BOB)
            .mergeAndPush()
            .see(new Finding.MergeTried(new MergeOutcome.Conflict(List.of("fence.txt"))));
    assertThat(story.lastFacts()).hasOnlyElementsOfType(TaskFact.MergeRefused.class);
    story.merge().see(new Finding.MergeTried(MERGED));
    assertThat(story.task().isSettled()).isTrue();
  }

  @Test
  void who_let_it_rest_and_why_is_kept() {
    TaskStory story = TaskStory.added().ask(BOB, new TaskCommand.Pause(id(1), "later"));
    assertThat(story.state()).isEqualTo(new TaskState.Paused(BOB, "later"));
  }

  @Test
  void a_rest_for_a_limit_is_salvors_own() {
    TaskStory story = Examples.spent().see(Samples.gone(Samples.stoppedAt(10)));
    assertThat(((TaskState.Paused) story.state()).by()).isEqualTo(Actor.SALVOR);
  }

  @Test
  void who_opened_it_again_and_why_is_kept_until_it_is_dispatched() {
    TaskStory story = Examples.failed().ask(BOB, new TaskCommand.Reopen(id(1), "once more"));
    assertThat(story.state())
        .isEqualTo(
            new TaskState.Ready(
                Optional.empty(),
                Optional.of(new TaskState.Note(BOB, "once more")),
                Optional.empty()));
    assertThat(story.dispatch().task().kind()).isEqualTo(Kind.QUEUED);
  }

  private static Push push(TaskStory story) {
    return ((TaskState.Merged) story.state()).push().orElseThrow();
  }
}
