package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.task.Observation.Finding;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a task may still use when it is to begin again (Z22), and how it begins.
final class StartingTest {
  /// An attempt that failed after it had used $1.00 and 150 tokens.
  private static TaskStory used() {
    return TaskStory.running()
        .output(Samples.costs(0, 1.00))
        .see(new Finding.Exited())
        .see(gone(exited(1)));
  }

  private static Outcome resume(TaskStory story) {
    return story.asking(ANN, new TaskCommand.Dispatch(id(1), StartMode.RESUME, Optional.empty()));
  }

  private static void assertStarts(Outcome outcome, boolean starts) {
    if (starts) {
      assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    } else {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.OVER_BUDGET));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.99, false", "1.00, false", "1.01, true"})
  void money_that_is_used_up_to_the_cent_is_used_up_Z22(double limit, boolean starts) {
    TaskStory story = used().edit(new Change.Cost(Optional.of(usd(limit))));
    assertStarts(resume(story), starts);
  }

  @ParameterizedTest
  @CsvSource({"149, false", "150, false", "151, true"})
  void tokens_that_are_used_up_to_the_last_are_used_up_Z22(long limit, boolean starts) {
    TaskStory story = used().edit(new Change.Tokens(OptionalLong.of(limit)));
    assertStarts(resume(story), starts);
  }

  @Test
  void a_plain_dispatch_of_what_waits_for_its_retry_starts_that_at_once() {
    TaskStory story = Examples.retried().dispatch();
    assertThat(story.state()).isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESUME)));
  }

  @Test
  void starts_that_failed_still_count_where_a_person_does_not_wait() {
    TaskStory story = Examples.startRefused(2).dispatch();
    assertThat(story.state()).isEqualTo(new TaskState.Queued(new Start(StartMode.FRESH, 2, 0)));
  }

  @Test
  void a_task_that_was_paused_before_anything_ran_begins_afresh() {
    TaskStory story =
        TaskStory.added()
            .ask(new TaskCommand.Pause(id(1), "later"))
            .ask(new TaskCommand.Resume(id(1), Optional.empty()));
    assertThat(story.state()).isEqualTo(new TaskState.Queued(Start.asked(StartMode.FRESH)));
  }
}
