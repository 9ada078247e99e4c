package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.stoppedAt;
import static io.salvor.domain.task.Samples.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskFact.LimitNeared;
import io.salvor.domain.task.TaskState.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearedLimitsTest {

  @ParameterizedTest(name = "{0} of $5.00 says {1}")
  @CsvSource({"3.74, ''", "3.75, 75", "3.99, 75", "4.00, 75 80", "4.49, 75 80", "4.50, 75 80 90"})
  void parts_of_a_budget_are_said_as_soon_as_they_are_used_up(double dollars, String said) {
    TaskStory story = TaskStory.running().output(Samples.costs(0, dollars));
    assertThat(percents(story.task(), Meter.COST)).isEqualTo(said);
    assertThat(story.task().kind()).isEqualTo(Kind.RUNNING);
  }

  @Test
  void each_part_is_said_once() {
    TaskStory story = TaskStory.running().output(Samples.costs(0, 3.80));
    story.output(Samples.costs(10, 3.90)).output(Samples.costs(20, 4.10));
    assertThat(percents(story.task(), Meter.COST)).isEqualTo("75 80");
  }

  @Test
  void what_is_spent_at_once_is_said_before_the_stop_Z22() {
    TaskStory story = TaskStory.running().output(Samples.costs(0, 7.00));
    assertThat(percents(story.task(), Meter.COST)).isEqualTo("75 80 90");
    assertThat(story.task().neared().getLast())
        .isEqualTo(new LimitNeared(Meter.COST, 90, 7_000_000, 5_000_000));
    assertThat(story.task().kind()).isEqualTo(Kind.STOPPING);
  }

  @Test
  void a_raised_budget_is_neared_anew() {
    TaskStory story =
        TaskStory.running()
            .output(Samples.costs(0, 4.60))
            .output(Samples.costs(10, 5.00))
            .see(gone(stoppedAt(20)));
    assertThat(story.task().kind()).isEqualTo(Kind.PAUSED);

    story
        .ask(new TaskCommand.Resume(id(1), Optional.of(usd(6))))
        .claim()
        .see(Samples.preparedReady())
        .see(Samples.spawned())
        .output(Samples.costs(0, 0.10));

    assertThat(percents(story.task(), Meter.COST)).isEqualTo("75 80 90 75 80");
    assertThat(story.task().neared().getLast().limit()).isEqualTo(6_000_000);
  }

  @Test
  void tokens_are_said_too() {
    TaskStory story =
        TaskStory.running(Samples.specFor(Samples.CLAUDE, tokens(200), List.of()))
            .output(Samples.costs(0, 0.01));
    assertThat(story.task().tokens()).isEqualTo(150);
    assertThat(percents(story.task(), Meter.TOKENS)).isEqualTo("75");
  }

  @Test
  void without_a_limit_nothing_is_said() {
    TaskStory story =
        TaskStory.running(
                Samples.specFor(
                    Samples.CLAUDE, Limits.DEFAULT.withCost(Optional.empty()), List.of()))
            .output(Samples.costs(0, 900));
    assertThat(story.task().neared()).isEmpty();
  }

  @Test
  void the_greatest_limits_do_not_overflow() {
    Limits greatest = Limits.DEFAULT.withCost(Optional.of(new MicroUsd(Long.MAX_VALUE)));
    TaskStory story =
        TaskStory.running(Samples.specFor(Samples.CLAUDE, greatest, List.of()))
            .output(Samples.costs(0, 900));
    assertThat(story.task().neared()).isEmpty();
  }

  @Test
  void spent_tokens_are_approved_by_raising_them() {
    TaskStory story =
        TaskStory.running(Samples.specFor(Samples.CLAUDE, tokens(100), List.of()))
            .output(Samples.costs(0, 0.01))
            .see(gone(stoppedAt(10)));
    assertThat(story.task().kind()).isEqualTo(Kind.PAUSED);
    assertThat(story.asking(ANN, new TaskCommand.Resume(id(1), Optional.empty())))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.OVER_BUDGET));

    story.ask(
        new TaskCommand.Resume(
            id(1), Optional.empty(), List.of(new Change.Tokens(OptionalLong.of(1_000)))));

    assertThat(story.task().kind()).isEqualTo(Kind.QUEUED);
    assertThat(story.task().spec().limits().tokens()).hasValue(1_000);
  }

  @Test
  void limits_given_with_a_resume_are_a_persons_edit_and_what_is_so_already_is_left_out() {
    TaskStory story = TaskStory.running().see(new Finding.Exited()).see(gone(exited(1)));
    Outcome outcome =
        story.asking(
            ANN,
            new TaskCommand.Dispatch(
                id(1),
                StartMode.RESUME,
                Optional.empty(),
                List.of(
                    new Change.TimeLimit(Change.Timer.DEADLINE, Duration.ofHours(2)),
                    new Change.TimeLimit(Change.Timer.SILENCE, Limits.DEFAULT.silence()),
                    new Change.Turns(OptionalInt.of(9)))));
    var accepted = (Outcome.Accepted) outcome;
    assertThat(accepted.facts().getFirst().actor()).isEqualTo(ANN);
    assertThat(accepted.facts().getFirst().fact())
        .isEqualTo(
            new TaskFact.Edited(
                List.of(
                    new Change.TimeLimit(Change.Timer.DEADLINE, Duration.ofHours(2)),
                    new Change.Turns(OptionalInt.of(9)))));
    assertThat(accepted.task().spec().limits().deadline()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void output_beyond_its_limit_fails_the_attempt_for_a_reason_of_its_own_Z8() {
    TaskStory story =
        TaskStory.running()
            .see(new Finding.LimitReached(StopCause.OUTPUT_LIMIT))
            .see(gone(stoppedAt(0)));
    assertThat(story.task().kind()).isEqualTo(Kind.FAILED);
    assertThat(story.task().attempts().getLast().ending().reason())
        .isEqualTo(Ending.Reason.OUTPUT_LIMIT);
  }

  private static Limits tokens(long most) {
    return Limits.DEFAULT.withTokens(OptionalLong.of(most));
  }

  private static String percents(Task task, Meter meter) {
    return String.join(
        " ",
        task.neared().stream()
            .filter(it -> it.meter() == meter)
            .map(it -> Integer.toString(it.percent()))
            .toList());
  }
}
