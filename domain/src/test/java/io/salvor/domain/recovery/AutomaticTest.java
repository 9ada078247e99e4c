package io.salvor.domain.recovery;

import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.lastWord;
import static io.salvor.domain.task.Samples.said;
import static io.salvor.domain.task.Samples.spec;
import static io.salvor.domain.task.Samples.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Terminal;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.RetryAfter;
import io.salvor.domain.task.Backoff;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Recovery;
import io.salvor.domain.task.Resuming;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.Start;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.task.TaskState.WakeUp;
import io.salvor.domain.task.TaskStory;
import io.salvor.domain.workspace.WorkspaceProblem;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What a task does by itself when an attempt did not succeed.
final class AutomaticTest {
  private static final TaskSpec AUTO =
      spec().withRecovery(Recovery.DEFAULT.with(Recovery.Mode.AUTO));

  private static TaskStory brokeOff(TaskStory story, int status) {
    return story.output(said(0)).see(new Finding.Exited()).see(gone(exited(status)));
  }

  private static WakeUp wakeUp(TaskStory story) {
    assertThat(story.state()).isInstanceOf(TaskState.Ready.class);
    return ((TaskState.Ready) story.state()).wakeUp().orElseThrow();
  }

  private static TaskStory next(TaskStory story) {
    return story
        .after(Duration.ofHours(1))
        .wake()
        .claim()
        .see(Samples.preparedReady())
        .see(Samples.spawned());
  }

  @Test
  void what_broke_off_with_work_goes_on_after_a_while_and_says_why() {
    WakeUp wakeUp = wakeUp(brokeOff(TaskStory.running(AUTO), 3));
    assertThat(wakeUp.start()).isEqualTo(new Start(StartMode.RESUME, 0, 1));
    assertThat(wakeUp.why()).startsWith("broke-off: ");
    assertThat(Duration.between(Samples.START.wall(), wakeUp.notBefore()))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
  }

  @Test
  void what_broke_off_with_nothing_begins_afresh() {
    TaskStory story =
        TaskStory.running(AUTO)
            .output(said(0))
            .see(new Finding.Exited())
            .see(new Finding.Gone(exited(3), left(0)));
    assertThat(wakeUp(story).start()).isEqualTo(new Start(StartMode.FRESH, 0, 1));
  }

  @Test
  void a_failed_start_does_not_begin_afresh_over_work_that_came_meanwhile() {
    TaskStory story = TaskStory.running(AUTO).output(said(0)).see(new Finding.Exited());
    story.see(new Finding.Gone(exited(3), left(0)));
    story.after(Duration.ofHours(1)).wake().claim();
    story.see(Samples.preparedRefused(WorkspaceProblem.Kind.LOCKED));
    story.see(new Finding.Gone(Samples.neverRan(), left(1)));
    assertThat(wakeUp(story).start()).isEqualTo(new Start(StartMode.RESUME, 1, 1));
  }

  private static WorkspaceSummary left(int commits) {
    return new WorkspaceSummary(true, Optional.of(Samples.HEAD), commits, 0, Optional.empty());
  }

  @Test
  void the_same_ending_after_a_resume_goes_to_a_person() {
    TaskStory story = next(brokeOff(TaskStory.running(AUTO), 3));
    assertThat(brokeOff(story, 3).state()).isInstanceOf(TaskState.Failed.class);
    assertThat(story.lastFacts())
        .filteredOn(TaskFact.Commented.class::isInstance)
        .singleElement()
        .extracting(it -> ((TaskFact.Commented) it).text())
        .asString()
        .startsWith("Attempts 1 and 2 ended the same way, with subprocess_exited_nonzero")
        .contains("Attempt 1 (fresh): exit status 3", "by the row broke-off")
        .contains("Attempt 2 (resume): exit status 3");
  }

  @Test
  void retries_are_used_up_and_a_person_s_dispatch_gives_new_ones() {
    TaskSpec twice = AUTO.withRecovery(new Recovery(Recovery.Mode.AUTO, 1, 0, 10));
    TaskStory story = next(brokeOff(TaskStory.running(twice), 3));
    story.output(said(0)).see(new Finding.LimitReached(StopCause.DEADLINE));
    story.see(gone(Samples.stoppedAt(10)));
    assertThat(story.state()).isInstanceOf(TaskState.Failed.class);
    assertThat(story.dispatchResume().state())
        .isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESUME)));
  }

  @Test
  void a_limit_that_was_the_cause_is_raised_on_the_record() {
    TaskStory story =
        TaskStory.running(AUTO)
            .output(said(0))
            .see(new Finding.LimitReached(StopCause.DEADLINE))
            .see(gone(Samples.stoppedAt(10)));
    assertThat(story.lastFacts()).anyMatch(TaskFact.Edited.class::isInstance);
    assertThat(story.task().spec().limits().deadline())
        .isEqualTo(Limits.DEFAULT.deadline().multipliedBy(2));
  }

  @Test
  void a_provider_that_is_away_is_waited_for_without_an_attempt_being_counted() {
    TaskStory story = TaskStory.running(AUTO);
    Duration waited = Duration.ZERO;
    for (int times = 1; times <= 8; times++) {
      story
          .output(lastWord(story.task().progress().offset(), Verdict.PROVIDER_OUTAGE))
          .see(new Finding.Exited())
          .see(gone(exited(1)));
      assertThat(wakeUp(story).start().retries()).isZero();
      waited = Duration.between(story.now().wall(), wakeUp(story).notBefore());
      next(story);
    }
    assertThat(waited).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  private static TaskStory refused(TaskStory story, Verdict verdict, Optional<RetryAfter> told) {
    var word =
        new Terminal(
            Samples.line(story.task().progress().offset()), verdict, "no", List.of(), told);
    return story.output(word).see(new Finding.Exited()).see(gone(exited(1)));
  }

  private static Duration waits(TaskStory story) {
    return Duration.between(story.now().wall(), wakeUp(story).notBefore());
  }

  @Test
  void a_provider_that_says_when_is_asked_then_and_no_sooner_and_the_wake_up_says_so() {
    TaskStory story =
        refused(
            TaskStory.running(AUTO),
            Verdict.PROVIDER_RATE_LIMITED,
            Optional.of(new RetryAfter.In(Duration.ofMinutes(40))));
    assertThat(waits(story)).isBetween(Duration.ofMinutes(40), Duration.ofSeconds(2_401));
    assertThat(wakeUp(story).why())
        .endsWith("The provider said: not before " + story.now().wall().plusSeconds(2_400) + ".");
    assertThat(wakeUp(story).start()).isEqualTo(new Start(StartMode.RESUME, 0, 0));

    Instant reset = story.now().wall().plus(Duration.ofHours(5));
    refused(next(story), Verdict.PROVIDER_RATE_LIMITED, Optional.of(new RetryAfter.At(reset)));
    assertThat(wakeUp(story).notBefore()).isBetween(reset, reset.plusSeconds(2));
  }

  @Test
  void a_provider_that_says_to_come_back_at_once_is_still_not_hurried() {
    TaskStory story =
        refused(
            TaskStory.running(AUTO),
            Verdict.PROVIDER_OVERLOADED,
            Optional.of(new RetryAfter.In(Duration.ZERO)));
    assertThat(waits(story)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
  }

  @Test
  void no_provider_is_waited_for_longer_than_makes_sense() {
    TaskStory story =
        refused(
            TaskStory.running(AUTO),
            Verdict.PROVIDER_RATE_LIMITED,
            Optional.of(new RetryAfter.At(Instant.MAX)));
    assertThat(waits(story)).isBetween(RetryAfter.MOST, RetryAfter.MOST.plusSeconds(2));
  }

  @Test
  void refused_credentials_are_never_tried_again() {
    TaskStory story = refused(TaskStory.running(AUTO), Verdict.PROVIDER_AUTH, Optional.empty());
    assertThat(story.state()).isInstanceOf(TaskState.Failed.class);
  }

  @Test
  void an_agent_whose_credentials_are_refused_twice_is_not_left_to_try_on() {
    TaskStory story = TaskStory.running(AUTO);
    story.output(refusal(0));
    assertThat(story.state()).isInstanceOf(TaskState.Running.class);
    story.output(refusal(10));
    assertThat(story.state()).isInstanceOf(TaskState.Stopping.class);
    story.see(gone(Samples.stoppedAt(20)));
    assertThat(story.task().attempts().getLast().ending().reason()).isEqualTo(Reason.PROVIDER_AUTH);
    assertThat(story.state()).isInstanceOf(TaskState.Failed.class);
  }

  private static AgentEvent refusal(long from) {
    return new AgentEvent.ProviderRetry(
        Samples.line(from), OptionalInt.of(401), Duration.ofSeconds(1));
  }

  private static TaskSpec withFallback() {
    Agent claude = Samples.CLAUDE;
    var agent =
        new Agent(
            claude.name(),
            claude.protocol(),
            claude.profile(),
            claude.command(),
            Optional.of("opus"),
            Optional.of("sonnet"));
    return Samples.specFor(agent, Limits.DEFAULT, List.of()).withRecovery(AUTO.recovery());
  }

  @Test
  void an_overloaded_model_is_changed_for_the_fallback_on_the_record_and_then_waited_for() {
    TaskStory story =
        refused(TaskStory.running(withFallback()), Verdict.PROVIDER_OVERLOADED, Optional.empty());
    assertThat(wakeUp(story).why()).startsWith("overloaded-fallback: ");
    assertThat(story.lastFacts())
        .contains(new TaskFact.Edited(List.of(new Change.Model(Optional.of("sonnet")))));
    assertThat(story.task().spec().agent().model()).contains("sonnet");

    refused(next(story), Verdict.PROVIDER_OVERLOADED, Optional.empty());
    assertThat(wakeUp(story).why()).startsWith("overloaded: ");
    assertThat(wakeUp(story).start().retries()).isZero();
  }

  @Test
  void a_model_that_is_not_to_be_had_is_a_person_s_where_there_is_no_other() {
    TaskStory story =
        refused(TaskStory.running(withFallback()), Verdict.MODEL_UNAVAILABLE, Optional.empty());
    assertThat(wakeUp(story).why()).startsWith("model-fallback: ");
    refused(next(story), Verdict.MODEL_UNAVAILABLE, Optional.empty());
    assertThat(story.state()).isInstanceOf(TaskState.Failed.class);
  }

  @Test
  void waits_are_as_the_task_has_them() {
    var waits = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(3));
    TaskSpec hasty = AUTO.withRecovery(new Recovery(Recovery.Mode.AUTO, 3, 2, 10, 30, waits));
    TaskStory story = TaskStory.running(hasty);
    for (int times = 1; times <= 5; times++) {
      refused(story, Verdict.PROVIDER_OUTAGE, Optional.empty());
      assertThat(waits(story))
          .isBetween(
              Duration.ofSeconds(Math.min(3, 1 << (times - 1))),
              Duration.ofMillis(Math.min(3_300, 1_100 << (times - 1))));
      next(story);
    }
  }

  @Test
  void an_agent_s_session_outlives_a_provider_that_is_away() {
    TaskStory story =
        TaskStory.running(AUTO)
            .output(new AgentEvent.SessionStarted(Samples.line(0), "s-1", Optional.empty()))
            .output(Samples.called(10), Samples.returned(20));
    brokeOff(story, 3);
    next(story).output(new AgentEvent.SessionStarted(Samples.line(0), "s-1", Optional.empty()));
    refused(story, Verdict.PROVIDER_OUTAGE, Optional.empty());
    next(story);
    assertThat(Resuming.session(story.task(), story.task().attempt().orElseThrow()))
        .contains("s-1");
  }

  @Test
  void nothing_goes_on_by_itself_without_money_Z13() {
    TaskStory story = TaskStory.running(AUTO);
    story.output(lastWord(0, Verdict.ERROR), Samples.costs(10, 4.99));
    story.output(Samples.costs(20, 5.01));
    story.see(new Finding.Exited()).see(gone(exited(1)));
    assertThat(story.task().cost()).contains(usd(5.01));
    assertThat(story.state()).isInstanceOfAny(TaskState.Paused.class, TaskState.Failed.class);
  }

  @Test
  void whoever_advises_only_stops_and_nothing_begins() {
    assertThat(brokeOff(TaskStory.running(), 3).state()).isInstanceOf(TaskState.Failed.class);
  }

  @Test
  void a_gate_s_failure_is_repaired_twice_and_then_a_person_is_asked_Z20() {
    TaskStory story =
        TaskStory.running(Samples.specFor(Samples.CLAUDE, Limits.DEFAULT, List.of("make check")));
    for (int round = 0; round < 2; round++) {
      failAtTheGate(story, "error " + "x".repeat(round + 1));
      assertThat(story.state())
          .isEqualTo(new TaskState.Queued(new Start(StartMode.RESUME, 0, round + 1)));
      story.claim().see(Samples.preparedReady()).see(Samples.spawned());
    }
    failAtTheGate(story, "error xxx");
    assertThat(story.state()).isInstanceOf(TaskState.NeedsFix.class);
  }

  @Test
  void a_gate_that_says_the_same_again_stops_the_repair_whatever_the_time_it_took() {
    TaskStory story =
        TaskStory.running(Samples.specFor(Samples.CLAUDE, Limits.DEFAULT, List.of("make check")));
    failAtTheGate(story, "1 of 20 failed in 3.02 s");
    story.claim().see(Samples.preparedReady()).see(Samples.spawned());
    failAtTheGate(story, "1 of 20 failed in 2.87 s");
    assertThat(story.state()).isInstanceOf(TaskState.NeedsFix.class);
  }

  @Test
  void a_start_that_fails_in_between_gives_no_further_round_of_repair() {
    TaskStory story =
        TaskStory.running(
            Samples.specFor(Samples.CLAUDE, Limits.DEFAULT, List.of("make check"))
                .withRecovery(new Recovery(Recovery.Mode.ADVISE, 0, 1, 10)));
    failAtTheGate(story, "error x");
    story
        .claim()
        .see(Samples.preparedRefused(WorkspaceProblem.Kind.DISK_FULL))
        .see(gone(Samples.neverRan()));
    next(story);
    failAtTheGate(story, "error xx");
    assertThat(story.state()).isInstanceOf(TaskState.NeedsFix.class);
  }

  private static void failAtTheGate(TaskStory story, String said) {
    story
        .output(lastWord(story.task().progress().offset(), Verdict.SUCCESS))
        .see(new Finding.Exited())
        .see(gone(exited(0)))
        .see(new Finding.GatesRan(Optional.of(said)));
  }

  @Test
  void
      the_same_action_with_the_same_result_ten_times_is_a_loop_that_is_shown_once_and_then_stopped() {
    TaskStory story = TaskStory.running(AUTO);
    loop(story);
    assertThat(wakeUp(story).why()).startsWith("loop: ");
    next(story);
    loop(story);
    assertThat(story.state()).isInstanceOf(TaskState.Failed.class);
    assertThat(((TaskState.Failed) story.state()).ending().detail())
        .isEqualTo("repeats Bash {\"command\": \"make test\"}");
  }

  private static void loop(TaskStory story) {
    for (int i = 0; i < 10; i++) {
      story.output(Samples.called(i), Samples.returned(i));
    }
    story.see(gone(Samples.stoppedAt(1_000)));
  }

  @Test
  void another_result_of_the_same_action_is_no_loop() {
    TaskStory story = TaskStory.running(AUTO);
    for (int i = 0; i < 40; i++) {
      story.output(
          Samples.called(i),
          new AgentEvent.ToolReturned(Samples.line(i), "call-" + i, true, "result " + i % 7, ""));
    }
    assertThat(story.state()).isInstanceOf(TaskState.Running.class);
  }

  @Test
  void a_dispatch_while_it_waits_only_begins_it_sooner() {
    TaskStory story = brokeOff(TaskStory.running(AUTO), 3);
    assertThat(
            story.ask(new TaskCommand.Dispatch(id(1), StartMode.FRESH, Optional.empty())).state())
        .isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESUME)));
  }

  @Test
  void a_person_may_give_it_up_while_it_waits() {
    TaskStory story = brokeOff(TaskStory.running(AUTO), 3);
    assertThat(story.ask(new TaskCommand.Cancel(id(1), "no")).state())
        .isInstanceOf(TaskState.Cancelled.class);
  }
}
