package io.salvor.domain.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.Spawn.LaunchNote;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.spending.Amount;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.Next;
import io.salvor.domain.task.Start;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every log promises, the one in memory and the real ones.
public abstract class RecordLogContract {
  private static final TaskId ONE = HandMade.task(1);
  private static final TaskId TWO = HandMade.task(2);

  private final HandMade hand = new HandMade();

  /// The log under test, empty at first.
  protected abstract RecordLog log();

  /// The same log as another process would find it after this one is gone.
  protected abstract RecordLog reopened();

  @Test
  void an_empty_log_has_a_lineage_and_nothing_else() {
    var restored = log().restore();
    assertThat(restored.lineage()).isNotBlank();
    assertThat(restored.lastSeq()).isZero();
    assertThat(restored.lastNumber()).isZero();
    assertThat(restored.open()).isEmpty();
    assertThat(restored.instance()).isEqualTo(InstanceThread.NEW);
    assertThat(reopened().restore()).isEqualTo(restored);
  }

  /// Z11.
  @Test
  void what_was_appended_is_there_after_the_writer_is_gone() {
    log().appendDurably(List.of(hand.create(TWO), hand.create(ONE)));
    log().appendDurably(List.of(hand.decide(ONE, new TaskFact.Commented("hello"))));

    var restored = reopened().restore();

    assertThat(restored.lastSeq()).isEqualTo(3);
    assertThat(restored.lastNumber()).isEqualTo(2);
    assertThat(restored.open()).containsExactly(hand.thread(ONE), hand.thread(TWO));
  }

  @Test
  void nothing_to_append_changes_nothing() {
    log().appendDurably(List.of());
    assertThat(log().restore().lastSeq()).isZero();
  }

  @Test
  void an_attempt_has_a_thread_of_its_own() {
    log().appendDurably(List.of(hand.create(ONE)));
    log().appendDurably(List.of(running(ONE)));
    log().appendDurably(List.of(observed(ONE, 0), observed(ONE, 10)));

    OpenThread thread = log().load(ONE).orElseThrow();

    assertThat(thread).isEqualTo(hand.thread(ONE));
    assertThat(thread.attemptClock()).isEqualTo(2);
    assertThat(reopened().restore().open()).containsExactly(thread);
  }

  /// Z22.
  @Test
  void what_was_used_is_told_by_day_and_project_of_closed_tasks_too() {
    log().appendDurably(List.of(hand.create(ONE), hand.create(TWO)));
    log().appendDurably(List.of(running(ONE), used(ONE, 0, 1_000_000), used(ONE, 10, 1_500_000)));
    log().appendDurably(List.of(ended(ONE)));
    assertThat(log().restore().open()).containsExactly(hand.thread(TWO));
    hand.later(Duration.ofDays(1));
    log().appendDurably(List.of(running(TWO), used(TWO, 0, 200_000)));

    Spending spending = reopened().restore().spending();

    long first = Spent.day(Instant.parse("2026-03-01T09:00:00Z"));
    assertThat(spending.on(first)).isEqualTo(new Amount(1_500_000, 150));
    assertThat(spending.on(first + 1, "/work/project")).isEqualTo(new Amount(200_000, 150));
    assertThat(spending.on(first + 1, "/work/other")).isEqualTo(Amount.ZERO);
    assertThat(spending.of("/work/project")).isEqualTo(new Amount(1_700_000, 300));
    assertThat(log().restore().spending()).isEqualTo(spending);
  }

  /// Z22.
  @Test
  void a_sum_of_what_was_used_does_not_overflow() {
    for (int n = 1; n <= 12; n++) {
      TaskId task = HandMade.task(n);
      log().appendDurably(List.of(hand.create(task), running(task), used(task, 0, Long.MAX_VALUE)));
    }

    assertThat(reopened().restore().spending().of("/work/project"))
        .isEqualTo(new Amount(Amount.MOST, 12 * 150));
  }

  @Test
  void a_closed_thread_is_not_restored_but_can_be_loaded() {
    log().appendDurably(List.of(hand.create(ONE), hand.create(TWO)));
    log().appendDurably(List.of(hand.decide(ONE, new TaskFact.Cancelled("not wanted"))));

    assertThat(log().restore().open()).containsExactly(hand.thread(TWO));
    assertThat(log().load(ONE)).contains(hand.thread(ONE));
    assertThat(log().restore().lastNumber()).isEqualTo(2);
  }

  @Test
  void a_reopened_thread_is_restored_again() {
    log().appendDurably(List.of(hand.create(ONE)));
    log().appendDurably(List.of(hand.decide(ONE, new TaskFact.Rejected("c", "no"))));
    log().appendDurably(List.of(hand.decide(ONE, new TaskFact.Reopened("once more"))));

    assertThat(reopened().restore().open()).containsExactly(hand.thread(ONE));
  }

  @Test
  void a_freeze_is_there_after_the_writer_is_gone_until_it_is_lifted() {
    var request = request(HandMade.ANN, "FreezeInstance", "r-1");
    log()
        .appendDurably(
            List.of(
                hand.create(ONE),
                hand.decide(
                    Optional.of(request), new InstanceFact.Frozen(Freeze.Level.SOFT, "später"))));

    assertThat(reopened().restore().instance()).isEqualTo(hand.instance());
    assertThat(hand.instance().instance().freeze().orElseThrow().reason()).isEqualTo("später");
    assertThat(reopened().find(request))
        .contains(new RecordLog.Seen(request.payloadHash(), Optional.empty(), 2));

    log().appendDurably(List.of(hand.decide(Optional.empty(), new InstanceFact.Unfrozen(""))));

    assertThat(reopened().restore().instance()).isEqualTo(new InstanceThread(Instance.NEW, 2));
    assertThat(reopened().restore().open()).containsExactly(hand.thread(ONE));
  }

  @Test
  void a_task_that_never_was_loads_as_nothing() {
    assertThat(log().load(ONE)).isEmpty();
  }

  @Test
  void a_decision_that_skips_a_record_is_a_bug_and_nothing_of_its_batch_is_kept() {
    log().appendDurably(List.of(hand.create(ONE)));
    var before = log().restore();
    Decision good = hand.decide(ONE, new TaskFact.Commented("good"));
    hand.decide(ONE, new TaskFact.Commented("never written"));
    Decision gap = hand.decide(ONE, new TaskFact.Commented("after a gap"));

    assertThatThrownBy(() -> log().appendDurably(List.of(good, gap)))
        .isInstanceOf(IllegalStateException.class);

    assertThat(log().restore()).isEqualTo(before);
    log().appendDurably(List.of(good));
    assertThat(log().restore().lastSeq()).isEqualTo(2);
  }

  @Test
  void a_decision_cannot_be_written_twice() {
    Decision created = hand.create(ONE);
    log().appendDurably(List.of(created));

    assertThatThrownBy(() -> log().appendDurably(List.of(created)))
        .isInstanceOf(IllegalStateException.class);
  }

  /// Z2, Z3: the second guard, should two ever write on one thread.
  @Test
  void a_place_in_a_thread_is_given_once() {
    var other = new HandMade();
    other.create(TWO);
    log().appendDurably(List.of(hand.create(ONE)));
    Decision again = other.create(ONE);

    assertThatThrownBy(() -> log().appendDurably(List.of(again)))
        .isInstanceOf(IllegalStateException.class);

    assertThat(log().restore().lastSeq()).isEqualTo(1);
    assertThat(log().load(ONE)).contains(hand.thread(ONE));
  }

  @Test
  void half_a_decision_is_a_bug() {
    Decision whole = hand.create(ONE);
    Entry entry = whole.entries().getFirst();
    var open =
        new Entry(
            entry.thread(),
            entry.clock(),
            entry.statement(),
            entry.attemptEpoch(),
            entry.intent(),
            entry.request(),
            false);
    var half = new Decision(List.of(open), List.of(), whole.threads());

    assertThatThrownBy(() -> log().appendDurably(List.of(half)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(log().restore().lastSeq()).isZero();
  }

  @Test
  void a_request_is_found_with_what_it_came_to() {
    var request = request(HandMade.ANN, "CreateTask", "r-1");
    log().appendDurably(List.of(hand.create(ONE, Optional.of(request))));

    var seen = new RecordLog.Seen(request.payloadHash(), Optional.of(ONE), 1);
    assertThat(log().find(request)).contains(seen);
    assertThat(reopened().find(request)).contains(seen);
    assertThat(log().find(request(HandMade.ANN, "CreateTask", "r-2"))).isEmpty();
    assertThat(log().find(request(HandMade.ANN, "CancelTask", "r-1"))).isEmpty();
    assertThat(log().find(request(new Actor("user:bob"), "CreateTask", "r-1"))).isEmpty();
  }

  @Test
  void a_request_of_several_records_points_at_the_last_one() {
    var request = Optional.of(request(HandMade.ANN, "DispatchTask", "r-1"));
    log().appendDurably(List.of(hand.create(ONE)));
    log()
        .appendDurably(
            List.of(
                hand.decide(
                    ONE, request, new TaskFact.Commented("a"), new TaskFact.Commented("b"))));

    assertThat(log().find(request.get()).orElseThrow().seq()).isEqualTo(3);
  }

  @Test
  void a_request_is_carried_out_once() {
    var request = Optional.of(request(HandMade.ANN, "Comment", "r-1"));
    log().appendDurably(List.of(hand.create(ONE, request)));
    Decision again = hand.decide(ONE, request, new TaskFact.Commented("again"));

    assertThatThrownBy(() -> log().appendDurably(List.of(again)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(log().restore().lastSeq()).isEqualTo(1);
  }

  @Test
  void a_request_is_forgotten_after_24_hours_and_its_id_may_be_used_again() {
    var request = request(HandMade.ANN, "CreateTask", "r-1");
    log().appendDurably(List.of(hand.create(ONE, Optional.of(request))));

    hand.later(Duration.ofHours(24).minusMillis(1));
    log().appendDurably(List.of(hand.decide(ONE, new TaskFact.Commented("a day is not over"))));
    assertThat(log().find(request)).isPresent();

    hand.later(Duration.ofMillis(1));
    log().appendDurably(List.of(hand.decide(ONE, new TaskFact.Commented("a day is over"))));
    assertThat(log().find(request)).isEmpty();

    log().appendDurably(List.of(hand.create(TWO, Optional.of(request))));
    assertThat(log().find(request).orElseThrow().task()).contains(TWO);
  }

  /// The clock was ahead for a while: what is not found any more may be asked for again.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_request_that_was_not_found_can_be_carried_out_whatever_the_clock_does_then(
      boolean restarted) {
    var request = request(HandMade.ANN, "CreateTask", "r-1");
    log().appendDurably(List.of(hand.create(ONE, Optional.of(request))));
    hand.later(Duration.ofHours(30));
    log().appendDurably(List.of(hand.decide(ONE, new TaskFact.Commented("a day ahead"))));
    RecordLog log = restarted ? reopened() : log();
    assertThat(log.find(request)).isEmpty();

    hand.later(Duration.ofHours(-29));
    log.appendDurably(List.of(hand.decide(ONE, new TaskFact.Commented("set right"))));
    log.appendDurably(List.of(hand.create(TWO, Optional.of(request))));

    assertThat(log.find(request).orElseThrow().task()).contains(TWO);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void what_the_engine_decided_is_what_is_read_back(long seed) {
    var history = new RandomHistory(seed);
    for (int batch = 1; batch <= 60; batch++) {
      log().appendDurably(history.next(1 + batch % 7));
    }

    var expected = new ArrayList<>(history.threads());
    for (OpenThread thread : expected) {
      assertThat(log().load(thread.task().id())).contains(thread);
    }
    expected.removeIf(it -> it.task().isSettled());
    assertThat(reopened().restore().open()).isEqualTo(expected);
    assertThat(reopened().restore().instance()).isEqualTo(history.instance());
  }

  private Decision running(TaskId task) {
    var attempt = new AttemptRef(task, 1, hand.lastSeq() + 2);
    var at =
        new Now(Instant.parse("2026-03-01T10:00:00.5Z"), Duration.ofNanos(123_456_789), "boot");
    return hand.decide(
        task,
        new TaskFact.Dispatched(Start.asked(StartMode.FRESH)),
        new TaskFact.Claimed(attempt, StartMode.FRESH),
        new TaskFact.WorkspaceReady(attempt, new Workspace("/w", "task/TASK-0001", "b"), true),
        new TaskFact.SpawnIntended(attempt),
        new TaskFact.Spawned(
            attempt,
            new ProcessIdentity(42, 4_200, "boot", "marker"),
            new LaunchNote(List.of("true"), List.of(), List.of(), ""),
            at));
  }

  private Decision observed(TaskId task, long from) {
    AttemptRef attempt = hand.thread(task).task().attempt().orElseThrow().ref();
    var event = new AgentEvent.Said(new ByteRange(from, 10), "hello");
    return hand.decide(task, new TaskFact.Observed(attempt, from, from + 10, event));
  }

  private Decision ended(TaskId task) {
    AttemptRef attempt = hand.thread(task).task().attempt().orElseThrow().ref();
    var ending = new Ending(Ending.Codepath.STOPPED, Ending.Reason.CANCELLED, "");
    return hand.decide(
        task,
        new TaskFact.StopIntended(
            attempt, StopCause.CANCEL, new Next.Cancel(HandMade.ANN, "not wanted")),
        new TaskFact.AttemptEnded(
            attempt, true, ending, Optional.empty(), WorkspaceSummary.NONE, Instant.EPOCH),
        new TaskFact.Cancelled("not wanted"));
  }

  private Decision used(TaskId task, long from, long microUsd) {
    AttemptRef attempt = hand.thread(task).task().attempt().orElseThrow().ref();
    var usage =
        new Usage(
            100, 50, 0, 0, 1, Optional.of(new MicroUsd(microUsd)), Usage.CostSource.ACCUMULATED);
    var event = new AgentEvent.Used(new ByteRange(from, 10), usage);
    return hand.decide(task, new TaskFact.Observed(attempt, from, from + 10, event));
  }

  private static Request request(Actor actor, String method, String id) {
    return new Request(actor, method, id, "payload of " + method);
  }
}
