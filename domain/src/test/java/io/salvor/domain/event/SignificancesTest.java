package io.salvor.domain.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.backup.Admission;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.AllowanceNeared;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.provider.Provider;
import io.salvor.domain.provider.ProviderFact;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.Ending.Codepath;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.GateRun;
import io.salvor.domain.task.Meter;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.Start;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskStory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SignificancesTest {
  private static final Actor ANN = Samples.ANN;
  private static final Provider CLAUDE = Provider.of(Samples.CLAUDE);
  private static final AttemptRef ATTEMPT = new AttemptRef(Samples.id(1), 1, 1);
  private static final Optional<ProviderFact.Hold> HELD =
      Optional.of(new ProviderFact.Hold(Instant.EPOCH, 1));

  private static Statement by(Actor actor, TaskFact fact) {
    return new Statement.OfTask(new Recorded(Samples.id(1), 1, actor, Instant.EPOCH, fact));
  }

  private static Statement about(InstanceFact fact) {
    return new Statement.OfInstance(1, ANN, Instant.EPOCH, fact);
  }

  private static Arguments row(Actor actor, TaskFact fact, String expected) {
    return Arguments.of(by(actor, fact), expected);
  }

  private static Arguments row(InstanceFact fact, String expected) {
    return Arguments.of(about(fact), expected);
  }

  private static InstanceFact provider(ProviderFact news) {
    return new InstanceFact.ProviderNoted(news);
  }

  private static ProviderFact providerFailed(Optional<ProviderFact.Hold> hold) {
    return new ProviderFact.Failed(CLAUDE, ATTEMPT, Reason.PROVIDER_OVERLOADED, hold);
  }

  private static AllowanceNeared allowance(int percent) {
    return new AllowanceNeared(
        Optional.empty(), OptionalLong.of(1), Meter.COST, percent, percent, 100);
  }

  private static InstanceFact repeated(int times) {
    return new InstanceFact.EndingRepeated("claude", Reason.OOM_KILLED, 1, times);
  }

  static Stream<Statement> untold() {
    return Stream.of(
        about(repeated(2)),
        about(new InstanceFact.BackupBegun(InstanceFact.Occasion.SCHEDULE)),
        about(provider(providerFailed(Optional.empty()))),
        about(provider(new ProviderFact.Tried(CLAUDE, ATTEMPT))),
        about(provider(new ProviderFact.Untold(CLAUDE))));
  }

  @ParameterizedTest
  @MethodSource("untold")
  void what_is_about_to_be_and_what_says_little_is_told_to_nobody(Statement statement) {
    assertThat(Significances.of(statement)).isEmpty();
  }

  private static TaskFact failed(Reason reason) {
    return new TaskFact.Failed(new Ending(Codepath.RESULT_EVENT, reason, ""));
  }

  private static TaskFact verified(String failure) {
    return new TaskFact.Verified("a", List.of(new GateRun("make test", failure, "")));
  }

  private static TaskFact parked(int failedStarts) {
    return new TaskFact.Parked(
        Instant.EPOCH, new Start(StartMode.RESUME, failedStarts, 1), "broke-off");
  }

  static Stream<Arguments> table() {
    return Stream.of(
        row(ANN, new TaskFact.Commented("hm"), "INFO CAN_WAIT commented"),
        row(Actor.SALVOR, new TaskFact.ReviewAsked("a", List.of(), ""), "INFO TODAY review_asked"),
        row(Actor.SALVOR, failed(Reason.OOM_KILLED), "ERROR TODAY oom_killed"),
        row(Actor.SALVOR, failed(Reason.PROVIDER_AUTH), "ERROR NOW provider_auth"),
        row(Actor.SALVOR, parked(0), "WARNING CAN_WAIT retry_parked"),
        row(Actor.SALVOR, parked(2), "WARNING CAN_WAIT start_parked"),
        row(Actor.SALVOR, new TaskFact.Paused("spent"), "WARNING TODAY limit_reached"),
        row(ANN, new TaskFact.Paused("later"), "INFO CAN_WAIT paused"),
        row(Actor.SALVOR, new TaskFact.Blocked("Which?"), "WARNING TODAY input_required"),
        row(Actor.SALVOR, new TaskFact.GatesFailed("a", "x"), "WARNING TODAY gates_failed"),
        row(
            Actor.SALVOR,
            new TaskFact.MergeRefused("conflict", "", List.of()),
            "WARNING TODAY merge_conflict"),
        row(Actor.SALVOR, new TaskFact.PushFailed("no"), "ERROR TODAY push_failed"),
        row(
            Actor.SALVOR,
            new TaskFact.LimitNeared(Meter.COST, 75, 75, 100),
            "WARNING CAN_WAIT limit_neared"),
        row(
            Actor.SALVOR,
            new TaskFact.LimitNeared(Meter.COST, 90, 90, 100),
            "WARNING TODAY limit_neared"),
        row(
            Actor.SALVOR,
            new TaskFact.LimitNeared(Meter.COST, 80, 80, 100),
            "WARNING CAN_WAIT limit_neared"),
        row(ANN, verified(""), "INFO CAN_WAIT gates_passed"),
        row(ANN, verified("exit status 1"), "INFO CAN_WAIT gates_failed"),
        row(ANN, new TaskFact.Retried("again"), "INFO CAN_WAIT retried"),
        row(Actor.SALVOR, new TaskFact.ResetRefused("busy"), "WARNING TODAY reset_refused"),
        row(repeated(3), "WARNING TODAY ending_repeated"),
        row(new InstanceFact.Frozen(Freeze.Level.SOFT, ""), "WARNING TODAY frozen"),
        row(new InstanceFact.Frozen(Freeze.Level.HARD, ""), "WARNING NOW frozen"),
        row(allowance(80), "WARNING CAN_WAIT allowance_neared"),
        row(allowance(90), "WARNING TODAY allowance_neared"),
        row(provider(providerFailed(HELD)), "WARNING TODAY provider_held"),
        row(provider(new ProviderFact.Served(CLAUDE)), "INFO CAN_WAIT provider_served"),
        row(allowance(100), "CRITICAL NOW allowance_spent"),
        row(new InstanceFact.BackupFailed(Optional.empty(), "full"), "ERROR TODAY backup_failed"),
        row(
            new InstanceFact.BackupFailed(Optional.of(Admission.Reason.SHORTER), ""),
            "CRITICAL NOW backup_refused_shorter"),
        row(new InstanceFact.Restored("g", 0, 0), "WARNING NOW store_restored"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void a_record_means(Statement statement, String expected) {
    assertThat(Significances.of(statement))
        .map(it -> it.severity() + " " + it.urgency() + " " + it.cause())
        .contains(expected);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void what_an_attempt_came_to_is_told_once_as_more_than_information(Reason reason) {
    var ended =
        new TaskFact.AttemptEnded(
            TaskStory.running().task().attempt().orElseThrow().ref(),
            true,
            new Ending(Codepath.RESULT_EVENT, reason, ""),
            Optional.empty(),
            Samples.clean(),
            Instant.EPOCH);
    assertThat(Significances.of(by(Actor.SALVOR, ended)))
        .contains(new Significance(Severity.INFO, Urgency.CAN_WAIT, reason.label()));
  }

  @Test
  void every_cause_is_a_word_that_a_script_can_compare() {
    List<TaskStory> stories =
        List.of(
            TaskStory.inReview().approve(Samples.BOB).merge(),
            TaskStory.finished(Samples.lastWord(0, Verdict.ERROR)));
    for (TaskStory story : stories) {
      for (Recorded recorded : story.log()) {
        Significances.of(new Statement.OfTask(recorded))
            .ifPresent(it -> assertThat(it.cause()).matches("[a-z]+(_[a-z]+)*"));
      }
    }
  }
}
