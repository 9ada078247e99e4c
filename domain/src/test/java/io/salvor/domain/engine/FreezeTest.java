package io.salvor.domain.engine;

import static io.salvor.domain.agent.AgentEvent.Verdict.SUCCESS;
import static io.salvor.domain.instance.Freeze.Level.HARD;
import static io.salvor.domain.instance.Freeze.Level.SOFT;
import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceCommand;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Refusal;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.workspace.WorkspaceProblem;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FreezeTest {
  private final Desk desk = new Desk(2);

  @ParameterizedTest
  @EnumSource(Freeze.Level.class)
  void while_it_is_frozen_no_attempt_begins_and_what_is_queued_stays(Freeze.Level level) {
    desk.freeze(level, "");
    desk.add(1, true);
    desk.tick(Duration.ofMinutes(5));
    desk.commit();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.QUEUED);

    desk.unfreeze();
    assertThat(desk.commit()).extracting(Effect::kind).containsExactly(Effect.Kind.PREPARE);
  }

  @Test
  void a_soft_freeze_leaves_alone_what_runs() {
    run(1);
    desk.freeze(SOFT, "");
    assertThat(desk.commit()).isEmpty();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.RUNNING);
  }

  @Test
  void a_parked_start_that_wakes_meanwhile_waits_in_the_queue() {
    desk.add(1, true);
    desk.commit();
    desk.see(1, Samples.preparedRefused(WorkspaceProblem.Kind.LOCKED));
    desk.freeze(SOFT, "");
    desk.see(1, gone(Samples.neverRan()));
    desk.tick(Duration.ofMinutes(1));
    desk.commit();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.QUEUED);
  }

  @Test
  void a_hard_freeze_ends_what_runs_or_is_being_started_in_the_same_decision() {
    run(1);
    desk.add(2, true);
    desk.add(3, true);
    desk.commit();
    var decision = ((Answer.Decided) desk.freeze(HARD, "too hot")).decision();
    assertThat(decision.entries())
        .extracting(Entry::lastOfDecision)
        .containsExactly(false, false, true);
    assertThat(desk.commit())
        .extracting(Effect::kind)
        .containsExactly(Effect.Kind.END, Effect.Kind.END);
    assertThat(desk.task(3).kind()).isEqualTo(Kind.QUEUED);

    desk.see(1, gone(Samples.stoppedAt(0)));
    desk.see(2, gone(Samples.neverRan()));
    assertThat(desk.task(1).state()).isEqualTo(new TaskState.Paused(ANN, "frozen: too hot"));
    assertThat(desk.task(2).state()).isEqualTo(new TaskState.Paused(ANN, "frozen: too hot"));
    assertThat(desk.task(1).attempts().getLast().ending().reason()).isEqualTo(Ending.Reason.FROZEN);
    assertThat(desk.task(2).attempts().getLast().ending().reason()).isEqualTo(Ending.Reason.FROZEN);
    assertThat(desk.task(3).kind()).isEqualTo(Kind.QUEUED);
  }

  @Test
  void what_a_hard_freeze_ended_goes_on_where_it_was_when_a_person_resumes_it() {
    run(1);
    desk.freeze(HARD, "");
    desk.commit();
    desk.see(1, gone(Samples.stoppedAt(0)));
    desk.ask(new TaskCommand.Resume(id(1), Optional.empty()));
    desk.commit();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.QUEUED);

    desk.unfreeze();
    desk.commit();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.task(1).attempt().orElseThrow().mode()).isEqualTo(StartMode.RESUME);
  }

  @Test
  void a_result_that_was_there_before_the_freeze_counts_Z5() {
    run(1);
    desk.see(1, new Finding.Output(Samples.batch(0, Samples.lastWord(0, SUCCESS))));
    desk.freeze(HARD, "");
    desk.commit();
    desk.see(1, gone(Samples.stoppedAt(10)));
    assertThat(desk.task(1).kind()).isEqualTo(Kind.REVIEW);
  }

  @Test
  void what_is_being_ended_already_goes_where_it_was_to_go() {
    run(1);
    desk.ask(new TaskCommand.Cancel(id(1), "no"));
    desk.freeze(HARD, "");
    desk.commit();
    desk.see(1, gone(exited(0)));
    assertThat(desk.task(1).kind()).isEqualTo(Kind.CANCELLED);
  }

  @Test
  void a_freeze_survives_a_restart() {
    desk.add(1, false);
    desk.freeze(SOFT, "later");
    desk.commit();
    desk.restart();
    assertThat(desk.core.instance().freeze())
        .contains(new Freeze(SOFT, ANN, desk.now.wall(), "later"));
    desk.dispatch(1);
    desk.commit();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.QUEUED);
  }

  @Test
  void a_freeze_that_the_log_refused_never_was() {
    desk.freeze(SOFT, "");
    desk.fail();
    desk.add(1, true);
    desk.commit();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.CLAIMED);
    assertThat(desk.core.instance().freeze()).isEmpty();
  }

  @Test
  void a_freeze_shows_when_it_is_durable() {
    desk.freeze(SOFT, "");
    assertThat(desk.core.instance().freeze()).isEmpty();
    desk.commit();
    assertThat(desk.core.instance().freeze()).isPresent();
  }

  @Test
  void the_last_word_about_a_freeze_counts() {
    run(1);
    desk.freeze(SOFT, "a");
    desk.freeze(HARD, "b");
    assertThat(desk.commit()).extracting(Effect::kind).containsExactly(Effect.Kind.END);
    desk.freeze(SOFT, "c");
    desk.commit();
    assertThat(desk.core.instance().freeze()).contains(new Freeze(SOFT, ANN, desk.now.wall(), "c"));
    desk.unfreeze();
    desk.commit();
    assertThat(desk.core.instance().freeze()).isEmpty();
  }

  @Test
  void what_is_not_frozen_is_not_unfrozen() {
    assertThat(Desk.code(desk.unfreeze())).isEqualTo(Refusal.Code.NOT_FROZEN);
  }

  @Test
  void a_freeze_sent_twice_is_ordered_once() {
    Request request = new Request(ANN, "FreezeInstance", "r-1", "payload");
    var input =
        new Input.Govern(
            ANN,
            desk.now,
            new InstanceCommand.Freeze(SOFT, ""),
            Optional.of(new Once(request, 0, Optional.empty())));
    assertThat(desk.offer(input)).isInstanceOf(Answer.Decided.class);
    assertThat(desk.offer(input)).isEqualTo(new Answer.Repeated(Optional.empty(), 1));
    desk.commit();
    desk.restart();
    var seen = new RecordLog.Seen("payload", Optional.empty(), 1);
    assertThat(
            desk.offer(
                new Input.Govern(
                    ANN,
                    desk.now,
                    input.command(),
                    Optional.of(new Once(request, 1, Optional.of(seen))))))
        .isEqualTo(new Answer.Repeated(Optional.empty(), 1));
  }

  @Test
  void people_go_on_judging_and_merging() {
    run(1);
    desk.see(1, new Finding.Output(Samples.batch(0, Samples.lastWord(0, SUCCESS))));
    desk.see(1, new Finding.Exited());
    desk.see(1, gone(exited(0)));
    desk.freeze(HARD, "");
    desk.ask(
        Samples.BOB, new TaskCommand.Approve(id(1), Optional.empty(), Samples.clean(), "", true));
    assertThat(desk.commit()).extracting(Effect::kind).containsExactly(Effect.Kind.MERGE);
  }

  private void run(int n) {
    desk.add(n, true);
    desk.commit();
    desk.see(n, Samples.preparedReady());
    desk.see(n, Samples.spawned());
  }
}
