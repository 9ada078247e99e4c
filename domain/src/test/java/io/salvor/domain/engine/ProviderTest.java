package io.salvor.domain.engine;

import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.salvor.domain.access.Actor;
import io.salvor.domain.admission.Hold;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Terminal;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.RetryAfter;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.EndingRepeated;
import io.salvor.domain.provider.Breaker;
import io.salvor.domain.provider.Provider;
import io.salvor.domain.provider.ProviderFact;
import io.salvor.domain.provider.Trouble;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Recovery;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.task.TaskState.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A provider that fails attempts of whichever tasks, as the engine minds it: from the log alone,
/// and after a restart. The breaker opens after five failures in ten minutes.
final class ProviderTest {
  private static final Provider CLAUDE = Provider.of(Samples.CLAUDE);

  private static final Breaker NEVER =
      new Breaker(0, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofMinutes(15));

  private final Desk desk = new Desk(4);
  private int added;

  private int begun() {
    added++;
    desk.add(added, true);
    desk.commit();
    run(added);
    return added;
  }

  private void run(int n) {
    assertThat(desk.task(n).kind()).isEqualTo(Kind.CLAIMED);
    desk.see(n, Samples.preparedReady());
    desk.see(n, Samples.spawned());
  }

  private void end(int n, Verdict verdict, Optional<RetryAfter> told) {
    long from = desk.task(n).progress().offset();
    var word = new Terminal(Samples.line(from), verdict, "no", List.of(), told);
    desk.see(n, new Finding.Output(Samples.batch(from, word)));
    desk.see(n, new Finding.Exited());
    desk.see(n, gone(exited(1)));
  }

  private void fails(Verdict verdict) {
    end(begun(), verdict, Optional.empty());
  }

  private void fiveFailures() {
    for (int i = 0; i < 5; i++) {
      fails(i == 2 ? Verdict.PROVIDER_RATE_LIMITED : Verdict.PROVIDER_OVERLOADED);
      desk.tick(Duration.ofSeconds(1));
      desk.commit();
    }
  }

  private int queued() {
    added++;
    desk.add(added, true);
    desk.commit();
    assertThat(desk.task(added).kind()).isEqualTo(Kind.QUEUED);
    return added;
  }

  private Hold.ProviderAway hold(int n) {
    Hold hold = desk.core.admission().hold(desk.task(n), desk.now.wall()).orElseThrow();
    assertThat(hold).isInstanceOf(Hold.ProviderAway.class);
    return (Hold.ProviderAway) hold;
  }

  private void later(Duration time) {
    desk.tick(time);
    desk.commit();
  }

  @Test
  void five_failures_in_a_row_hold_the_queue_and_a_restart_changes_nothing() {
    fiveFailures();
    int waits = queued();
    assertThat(hold(waits).trouble().failures()).hasSize(5);
    assertThat(hold(waits).trouble().last()).isEqualTo(Reason.PROVIDER_OVERLOADED);
    assertThat(Duration.between(desk.now.wall(), hold(waits).until()))
        .isEqualTo(Duration.ofSeconds(59));
    desk.restart();
    assertThat(hold(waits).until()).isAfter(desk.now.wall());
    later(Duration.ofSeconds(30));
    assertThat(desk.task(waits).kind()).isEqualTo(Kind.QUEUED);
  }

  @Test
  void four_failures_and_those_that_lie_far_apart_hold_nobody() {
    for (int i = 0; i < 8; i++) {
      fails(Verdict.PROVIDER_OUTAGE);
      desk.tick(Duration.ofMinutes(3));
      desk.commit();
    }
    assertThat(desk.task(begun()).kind()).isEqualTo(Kind.RUNNING);
  }

  @Test
  void an_answer_to_any_attempt_begins_the_count_anew() {
    int works = begun();
    for (int i = 0; i < 4; i++) {
      fails(Verdict.PROVIDER_OUTAGE);
    }
    desk.see(works, new Finding.Output(Samples.batch(0, Samples.called(0))));
    assertThat(desk.core.instance().troubles()).isEmpty();
    fails(Verdict.PROVIDER_OUTAGE);
    assertThat(desk.core.instance().trouble(CLAUDE).orElseThrow().failures()).hasSize(1);
  }

  @Test
  void after_the_time_one_attempt_tries_and_its_first_answer_lets_the_others_begin() {
    fiveFailures();
    int first = queued();
    int second = queued();
    later(Duration.ofMinutes(1));
    assertThat(desk.task(first).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.task(second).kind()).isEqualTo(Kind.QUEUED);
    assertThat(hold(second).trying()).isTrue();
    desk.restart();
    later(Duration.ofMinutes(1));
    assertThat(desk.task(second).kind()).isEqualTo(Kind.QUEUED);

    run(first);
    desk.see(first, new Finding.Output(Samples.batch(0, Samples.costs(0, 0.1))));
    assertThat(desk.task(second).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.core.instance().troubles()).isEmpty();
  }

  @Test
  void a_trial_that_fails_holds_it_twice_as_long_up_to_a_most() {
    fiveFailures();
    Duration held = Duration.ZERO;
    for (int i = 1; i <= 6; i++) {
      int trial = queued();
      later(Duration.between(desk.now.wall(), hold(trial).until()));
      run(trial);
      end(trial, Verdict.PROVIDER_OUTAGE, Optional.empty());
      held = Duration.between(desk.now.wall(), hold(queued()).until());
      desk.ask(new TaskCommand.Cancel(Samples.id(added), "enough"));
      desk.commit();
      assertThat(held).isEqualTo(Duration.ofMinutes(Math.min(15, 1 << i)));
    }
  }

  @Test
  void a_trial_that_shows_nothing_makes_room_for_the_next() {
    fiveFailures();
    int trial = queued();
    int next = queued();
    later(Duration.ofMinutes(1));
    desk.ask(new TaskCommand.Cancel(Samples.id(trial), "not this one"));
    desk.commit();
    desk.see(trial, gone(Samples.neverRan()));
    assertThat(desk.task(trial).kind()).isEqualTo(Kind.CANCELLED);
    assertThat(desk.task(next).kind()).isEqualTo(Kind.CLAIMED);
  }

  @Test
  void once_nothing_is_to_hold_it_nobody_waits_for_what_held_it_before() {
    fiveFailures();
    int waits = queued();
    desk.restartWith(NEVER);
    later(Duration.ZERO);
    assertThat(desk.task(waits).kind()).isEqualTo(Kind.CLAIMED);
    run(waits);
    end(waits, Verdict.PROVIDER_OUTAGE, Optional.empty());
    fails(Verdict.PROVIDER_OUTAGE);
    desk.restartWith(Breaker.DEFAULT);
    int trial = queued();
    later(Duration.ofMinutes(1));
    assertThat(desk.task(trial).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.core.instance().trouble(CLAUDE).flatMap(Trouble::holding).orElseThrow().trial())
        .hasValueSatisfying(it -> assertThat(it.task()).isEqualTo(Samples.id(trial)));
  }

  @Test
  void a_trial_that_fails_once_nothing_is_to_hold_it_is_over() {
    fiveFailures();
    int trial = queued();
    later(Duration.ofMinutes(1));
    run(trial);
    desk.restartWith(NEVER);
    end(trial, Verdict.PROVIDER_OUTAGE, Optional.empty());
    assertThat(desk.core.instance().trouble(CLAUDE).flatMap(Trouble::holding).orElseThrow().trial())
        .isEmpty();
  }

  @Test
  void a_trial_whose_attempt_is_over_and_of_which_nothing_was_said_makes_room_for_the_next() {
    fiveFailures();
    var over = desk.task(1).attempts().getFirst().ref();
    var tried = new InstanceFact.ProviderNoted(new ProviderFact.Tried(CLAUDE, over));
    Instance stuck = desk.core.instance().after(tried, Actor.SALVOR, desk.now.wall());
    assertThat(
            Conditions.of(EnginePolicy.DEFAULT)
                .admission(new OpenTasks(), stuck, Spending.NONE)
                .hold(CLAUDE, "/work/project", desk.now.wall().plus(Duration.ofMinutes(2))))
        .isEmpty();
  }

  /// Codex tells the total of its session when that is resumed, before anybody has answered.
  @Test
  void what_earlier_attempts_in_its_session_used_is_no_answer() {
    var codex =
        new Agent(
            "codex", Protocol.CODEX, PermissionProfile.EDIT, List.of("codex"), Optional.empty());
    TaskSpec spec = Samples.specFor(codex, Limits.DEFAULT, List.of());
    desk.add(1, spec.withRecovery(Recovery.DEFAULT.with(Recovery.Mode.AUTO)), true);
    desk.commit();
    var session = new AgentEvent.SessionStarted(Samples.line(0), "one", Optional.empty());
    for (int i = 0; i < 2; i++) {
      run(1);
      desk.see(1, new Finding.Output(Samples.batch(0, session, Samples.costs(10, 0.1))));
      end(1, Verdict.PROVIDER_OUTAGE, Optional.empty());
      later(Duration.ofHours(1));
    }
    assertThat(desk.core.instance().trouble(Provider.of(codex)).orElseThrow().failures())
        .hasSize(2);
  }

  @Test
  void attempts_that_began_before_it_was_held_make_it_no_longer() {
    int late = begun();
    fiveFailures();
    int waits = queued();
    var until = hold(waits).until();
    end(late, Verdict.PROVIDER_OVERLOADED, Optional.empty());
    assertThat(hold(waits).until()).isEqualTo(until);
  }

  @Test
  void what_the_provider_said_of_when_holds_the_others_too() {
    for (int i = 0; i < 5; i++) {
      end(
          begun(),
          Verdict.PROVIDER_RATE_LIMITED,
          Optional.of(new RetryAfter.In(Duration.ofHours(2))));
    }
    assertThat(hold(queued()).until()).isEqualTo(desk.now.wall().plus(Duration.ofHours(2)));
  }

  @Test
  void refused_credentials_hold_the_queue_before_all_of_it_has_failed() {
    for (int i = 0; i < 5; i++) {
      fails(Verdict.PROVIDER_AUTH);
    }
    assertThat(hold(queued()).trouble().last()).isEqualTo(Reason.PROVIDER_AUTH);
  }

  @Test
  void another_agent_and_another_model_are_not_held() {
    fiveFailures();
    added++;
    desk.add(added, Samples.specFor(Samples.COMMAND, Limits.DEFAULT, List.of()), true);
    desk.commit();
    assertThat(desk.task(added).kind()).isEqualTo(Kind.CLAIMED);
    added++;
    var other = Samples.CLAUDE.withModel(Optional.of("sonnet"));
    desk.add(added, Samples.specFor(other, Limits.DEFAULT, List.of()), true);
    desk.commit();
    assertThat(desk.task(added).kind()).isEqualTo(Kind.CLAIMED);
  }

  @Test
  void a_clock_that_was_set_back_holds_nobody_Z7() {
    fiveFailures();
    int waits = queued();
    later(Duration.ofHours(-3));
    assertThat(desk.task(waits).kind()).isEqualTo(Kind.CLAIMED);
  }

  @Test
  void failures_are_kept_up_to_a_number() {
    for (int i = 0; i < Trouble.MOST_KEPT + 5; i++) {
      added++;
      desk.add(added, true);
      desk.commit();
      while (desk.task(added).kind() == Kind.QUEUED) {
        later(Duration.ofMinutes(15));
      }
      run(added);
      end(added, Verdict.PROVIDER_OUTAGE, Optional.empty());
    }
    assertThat(desk.core.instance().trouble(CLAUDE).orElseThrow().failures())
        .hasSize(Trouble.MOST_KEPT);
  }

  @Test
  void the_same_ending_is_counted_to_three_a_day_over_all_tasks_of_an_agent() {
    for (int i = 0; i < 5; i++) {
      breaksOff();
    }
    assertThat(desk.core.instance().endings())
        .extracting(EndingRepeated::agent, EndingRepeated::reason, EndingRepeated::times)
        .containsExactly(tuple("claude", Reason.SUBPROCESS_EXITED_NONZERO, 3));
    desk.restart();
    later(Duration.ofDays(1));
    breaksOff();
    assertThat(desk.core.instance().endings()).extracting(EndingRepeated::times).containsExactly(1);
  }

  private void breaksOff() {
    int n = begun();
    AgentEvent said = Samples.said(0);
    desk.see(n, new Finding.Output(Samples.batch(0, said)));
    desk.see(n, new Finding.Exited());
    desk.see(n, gone(exited(3)));
  }
}
