package io.salvor.domain.engine;

import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.neverRan;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.admission.Hold;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Refusal;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskState.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EngineCoreTest {
  private final Desk desk = new Desk(2);

  @Test
  void nothing_is_done_in_the_world_before_it_is_durable_Z11() {
    desk.add(1, true);
    assertThat(desk.core.reconcile()).isEmpty();
    assertThat(desk.core.openTasks()).isEmpty();
    assertThat(desk.commit()).extracting(Effect::kind).containsExactly(Effect.Kind.PREPARE);
    assertThat(desk.core.openTasks()).hasSize(1);
  }

  @Test
  void decisions_run_ahead_on_what_is_not_durable_yet() {
    desk.add(1, false);
    assertThat(desk.dispatch(1)).isInstanceOf(Answer.Decided.class);
    assertThat(Desk.code(desk.dispatch(1))).isEqualTo(Refusal.Code.WRONG_STATE);
  }

  @Test
  void what_the_log_refused_never_was() {
    desk.add(1, false);
    desk.commit();
    long durable = desk.core.durableSeq();
    desk.dispatch(1);
    desk.add(2, false);
    desk.fail();
    Answer.Decided again = (Answer.Decided) desk.add(3, false);
    assertThat(again.decision().entries().getFirst().seq()).isEqualTo(durable + 1);
    assertThat(again.task().orElseThrow().display().number()).isEqualTo(2);
    assertThat(desk.dispatch(1)).isInstanceOf(Answer.Decided.class);
    desk.commit();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.CLAIMED);
  }

  @Test
  void a_refusal_rests_on_what_it_was_decided_on() {
    desk.add(1, true);
    Answer.Refused refused = (Answer.Refused) desk.dispatch(1);
    assertThat(refused.asOf()).isGreaterThan(desk.core.durableSeq());
    desk.commit();
    assertThat(refused.asOf()).isEqualTo(desk.core.durableSeq());
  }

  /// Story of the simulator's seed 752: a pause that was lost with its batch left an agent that
  /// nobody followed any more, for what its watcher saw was stale by then.
  @Test
  void what_is_dropped_as_stale_rests_on_what_made_it_stale_Z1() {
    desk.add(1, true);
    desk.commit();
    desk.see(1, Samples.preparedReady());
    desk.see(1, Samples.spawned());
    long running = desk.task(1).since();
    desk.ask(new TaskCommand.Pause(id(1), "later"));
    Answer.Nothing stale = (Answer.Nothing) desk.saw(1, running, new Finding.Exited());
    assertThat(stale.asOf()).isGreaterThan(desk.core.durableSeq());
    desk.fail();
    assertThat(desk.saw(1, running, new Finding.Exited())).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void a_server_about_to_stop_begins_no_attempt() {
    desk.offer(new Input.Admit(Optional.of(new Hold.Closing())));
    desk.add(1, true);
    desk.commit();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.QUEUED);
    desk.offer(new Input.Admit(Optional.empty()));
    desk.tick(Duration.ofSeconds(1));
    assertThat(desk.commit()).extracting(Effect::kind).containsExactly(Effect.Kind.PREPARE);
  }

  @Test
  void a_request_sent_twice_is_carried_out_once() {
    Request request = new Request(ANN, "Comment", "r-1", "payload");
    desk.add(1, false);
    Answer.Decided first = (Answer.Decided) desk.offer(comment(request, Optional.empty()));
    assertThat(desk.offer(comment(request, Optional.empty())))
        .isEqualTo(new Answer.Repeated(Optional.of(id(1)), first.decision().lastSeq()));
    desk.commit();
    assertThat(desk.offer(comment(request, Optional.empty())))
        .isEqualTo(new Answer.Repeated(Optional.of(id(1)), first.decision().lastSeq()));
  }

  @Test
  void a_request_id_is_not_used_again_for_something_else() {
    desk.add(1, false);
    desk.offer(comment(new Request(ANN, "Comment", "r-1", "payload"), Optional.empty()));
    assertThat(
            Desk.code(
                desk.offer(
                    comment(new Request(ANN, "Comment", "r-1", "another"), Optional.empty()))))
        .isEqualTo(Refusal.Code.REQUEST_ID_REUSED);
    assertThat(
            desk.offer(comment(new Request(Samples.BOB, "Comment", "r-1", "x"), Optional.empty())))
        .isInstanceOf(Answer.Decided.class);
  }

  @Test
  void a_request_whose_decision_was_lost_is_carried_out_when_it_comes_again() {
    Request request = new Request(ANN, "Comment", "r-1", "payload");
    desk.add(1, false);
    desk.commit();
    desk.offer(comment(request, Optional.empty()));
    desk.fail();
    assertThat(desk.offer(comment(request, Optional.empty()))).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void the_store_remembers_requests_of_an_earlier_server() {
    desk.add(1, false);
    desk.commit();
    Request request = new Request(ANN, "Comment", "r-1", "payload");
    var seen = new RecordLog.Seen("payload", Optional.of(id(1)), 7);
    assertThat(desk.offer(comment(request, Optional.of(seen))))
        .isEqualTo(new Answer.Repeated(Optional.of(id(1)), 7));
  }

  @Test
  void the_request_stands_on_the_first_record_of_its_decision() {
    desk.add(1, false);
    Request request = new Request(ANN, "Comment", "r-1", "payload");
    Answer.Decided decided = (Answer.Decided) desk.offer(comment(request, Optional.empty()));
    assertThat(decided.decision().entries())
        .extracting(Entry::request)
        .contains(Optional.of(request));
    assertThat(decided.decision().entries().getLast().lastOfDecision()).isTrue();
  }

  @Test
  void an_edit_that_changes_nothing_writes_nothing() {
    desk.add(1, false);
    desk.commit();
    assertThat(desk.ask(new TaskCommand.Edit(id(1), List.of(), Optional.empty())))
        .isInstanceOf(Answer.Nothing.class);
  }

  @Test
  void a_new_brief_is_stored_with_the_fact_that_names_it() {
    desk.add(1, false);
    var edit =
        new TaskCommand.Edit(
            id(1), List.of(new Change.Brief("hash of it")), Optional.of("Do it well."));
    assertThat(((Answer.Decided) desk.ask(edit)).decision().documents())
        .containsExactly(new Decision.Document("hash of it", "Do it well."));
  }

  @Test
  void a_closed_thread_is_read_when_it_is_asked_for() {
    desk.add(1, false);
    desk.ask(new TaskCommand.Skip(id(1), "no"));
    desk.commit();
    desk.restart();
    var comment = comment(1, "hm");
    assertThat(desk.offer(comment)).isEqualTo(new Answer.Missing(List.of(id(1))));
    assertThat(desk.offer(comment.knowing(List.of(desk.thread(1)), List.of())))
        .isInstanceOf(Answer.Decided.class);
    desk.commit();
    assertThat(desk.core.openTasks()).isEmpty();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.SKIPPED);
  }

  @Test
  void a_closed_thread_that_was_read_too_early_is_not_decided_on() {
    desk.add(1, false);
    desk.ask(new TaskCommand.Skip(id(1), "no"));
    desk.commit();
    OpenThread early = desk.thread(1);
    desk.offer(comment(1, "written on meanwhile"));
    desk.commit();
    Answer.Decided next =
        (Answer.Decided) desk.offer(comment(1, "and again").knowing(List.of(early), List.of()));
    assertThat(next.decision().entries().getFirst().clock()).isEqualTo(early.clock() + 2);
  }

  @Test
  void what_is_under_way_for_a_task_that_is_cancelled_is_wanted_no_longer() {
    desk.add(1, Samples.specFor(Samples.CLAUDE, Limits.DEFAULT, List.of("make check")), true);
    desk.commit();
    desk.see(1, Samples.preparedReady());
    desk.see(1, Samples.spawned());
    desk.see(1, new Finding.Output(Samples.batch(0, Samples.lastWord(0, Verdict.SUCCESS))));
    desk.see(1, new Finding.Exited());
    assertThat(desk.see(1, gone(exited(0))))
        .extracting(Effect::kind)
        .containsExactly(Effect.Kind.VERIFY);
    assertThat(desk.noLongerWanted).isEmpty();

    desk.ask(new TaskCommand.Cancel(id(1), "no"));
    assertThat(desk.commit()).isEmpty();

    assertThat(desk.task(1).kind()).isEqualTo(Kind.CANCELLED);
    assertThat(desk.noLongerWanted).containsExactly(id(1));
  }

  @Test
  void a_task_that_is_nowhere_is_not_found() {
    assertThat(Desk.code(desk.dispatch(1))).isEqualTo(Refusal.Code.TASK_NOT_FOUND);
  }

  @Test
  void a_task_is_added_once_even_if_it_is_closed() {
    desk.add(1, false);
    assertThat(Desk.code(desk.add(1, false))).isEqualTo(Refusal.Code.TASK_EXISTS);
    desk.ask(new TaskCommand.Cancel(id(1), "no"));
    desk.commit();
    assertThat(Desk.code(desk.add(1, false))).isEqualTo(Refusal.Code.TASK_EXISTS);
  }

  @Test
  void a_number_exceeds_the_store_s_and_every_one_in_the_project() {
    desk.add(1, false);
    var create = new TaskCommand.Create(id(2), Samples.spec(), "", 41, false);
    assertThat(((Answer.Decided) desk.ask(create)).task().orElseThrow().display())
        .hasToString("TASK-0042");
    desk.commit();
    desk.restart();
    assertThat(((Answer.Decided) desk.add(3, false)).task().orElseThrow().display())
        .hasToString("TASK-0043");
  }

  @Test
  void an_etag_must_be_that_of_the_task() {
    desk.add(1, false);
    desk.commit();
    long revision = desk.task(1).revision();
    assertThat(Desk.code(desk.offer(commentIf(revision + 1))))
        .isEqualTo(Refusal.Code.ETAG_MISMATCH);
    assertThat(desk.offer(commentIf(revision))).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void a_new_server_takes_up_every_effect_that_the_log_wants_Z1() {
    desk.add(1, true);
    desk.add(2, true);
    desk.add(3, true);
    desk.commit();
    desk.see(2, Samples.preparedReady());
    desk.see(2, Samples.spawned());
    desk.restart();
    assertThat(desk.core.reconcile())
        .extracting(Effect::kind)
        .containsExactly(Effect.Kind.PREPARE, Effect.Kind.WATCH);
    assertThat(desk.core.reconcile()).isEmpty();
  }

  @Test
  void an_effect_that_was_lost_is_begun_again_Z1() {
    desk.add(1, true);
    Effect effect = desk.commit().getFirst();
    assertThat(desk.core.reconcile()).isEmpty();
    desk.offer(new Input.EffectLost(id(1), effect.task().since()));
    assertThat(desk.core.reconcile()).extracting(Effect::kind).containsExactly(Effect.Kind.PREPARE);
  }

  @Test
  void the_loss_of_an_older_effect_begins_nothing() {
    desk.add(1, true);
    Effect prepare = desk.commit().getFirst();
    desk.see(1, Samples.preparedReady());
    desk.offer(new Input.EffectLost(id(1), prepare.task().since()));
    assertThat(desk.core.reconcile()).isEmpty();
  }

  @Test
  void an_effect_follows_each_step_of_the_saga() {
    desk.add(1, true);
    assertThat(desk.commit()).extracting(Effect::kind).containsExactly(Effect.Kind.PREPARE);
    assertThat(desk.see(1, Samples.preparedReady()))
        .extracting(Effect::kind)
        .containsExactly(Effect.Kind.SPAWN);
    assertThat(desk.see(1, Samples.spawned()))
        .extracting(Effect::kind)
        .containsExactly(Effect.Kind.WATCH);
    assertThat(desk.see(1, new Finding.Exited()))
        .extracting(Effect::kind)
        .containsExactly(Effect.Kind.END);
    assertThat(desk.see(1, gone(exited(1)))).isEmpty();
    assertThat(desk.task(1).kind()).isEqualTo(Kind.FAILED);
  }

  @Test
  void what_is_seen_of_a_closed_task_says_nothing_Z4() {
    desk.add(1, true);
    desk.ask(new TaskCommand.Cancel(id(1), "no"));
    desk.commit();
    long stopping = desk.task(1).since();
    desk.see(1, gone(neverRan()));
    assertThat(desk.saw(1, stopping, gone(neverRan()))).isInstanceOf(Answer.Nothing.class);
  }

  @Test
  void the_log_is_read_back_to_the_same_tasks() {
    desk.add(1, true);
    desk.commit();
    desk.see(1, Samples.preparedReady());
    desk.see(1, Samples.spawned());
    desk.add(2, true);
    desk.add(3, true);
    desk.commit();
    List<OpenThread> before = List.copyOf(desk.core.openTasks());
    desk.restart();
    assertThat(desk.core.openTasks()).containsExactlyElementsOf(before);
  }

  private Input.Ask comment(int n, String text) {
    return new Input.Ask(ANN, desk.now, new TaskCommand.Comment(id(n), text));
  }

  private Input.Ask comment(Request request, Optional<RecordLog.Seen> seen) {
    return new Input.Ask(
        request.actor(),
        desk.now,
        new TaskCommand.Comment(id(1), "hm"),
        Optional.of(new Once(request, 0, seen)),
        OptionalLong.empty(),
        List.of());
  }

  private Input.Ask commentIf(long etag) {
    return new Input.Ask(
        ANN,
        desk.now,
        new TaskCommand.Comment(id(1), "hm"),
        Optional.empty(),
        OptionalLong.of(etag),
        List.of());
  }
}
