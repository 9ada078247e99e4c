package io.salvor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.access.Actor;
import io.salvor.domain.engine.Answer;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.EnginePolicy;
import io.salvor.domain.engine.Input;
import io.salvor.domain.engine.Once;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.RecordLog.Restored;
import io.salvor.domain.journal.Request;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.journal.Threads;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.task.Observation;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskStory;
import io.salvor.domain.workspace.MergeOutcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// An oracle that never speaks up proves nothing: each of these shows one something wrong.
class OraclesTest {
  private static final Plot CALM =
      new Plot(100, 4, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, Quotas.NONE, 100);

  private final World world = new World(Dice.ofSeed(1), new Tale(false), CALM);
  private final EngineCore core =
      new EngineCore(
          EnginePolicy.DEFAULT,
          new Restored("lineage", 0, 0, InstanceThread.NEW, List.of(), Spending.NONE));

  @Test
  void what_the_engine_decides_is_fine() {
    assertThatCode(() -> write(dispatched())).doesNotThrowAnyException();
    world.oracles.stepped();
  }

  @Test
  void an_agent_that_nobody_owns_is_found_out_Z6() {
    Decision dispatched = dispatched();
    write(dispatched);
    Task task = dispatched.threads().getFirst().task();
    SimAgent agent = world.agent(task.attempt().orElseThrow().ref(), task);
    agent.start(world.clock.now());
    assertFails("Z6", world.oracles::stepped);
  }

  @Test
  void a_record_that_is_missing_is_found_out_Z12() {
    dispatched();
    assertFails("Z12", () -> write(comment(Optional.empty())));
  }

  @Test
  void a_state_that_is_not_the_fold_of_the_log_is_found_out_Z11() {
    Decision first = dispatched();
    Decision second = comment(Optional.empty());
    write(first);
    assertFails("Z11", () -> write(new Decision(second.entries(), List.of(), first.threads())));
  }

  @Test
  void a_request_that_is_carried_out_twice_is_found_out_Z11() {
    Request request = new Request(Samples.ANN, "Comment", "r-1", "0".repeat(64));
    write(dispatched());
    write(comment(Optional.of(request)));
    Decision again = comment(Optional.empty());
    Entry entry = again.entries().getFirst();
    var twice =
        new Entry(
            entry.thread(),
            entry.clock(),
            entry.statement(),
            entry.attemptEpoch(),
            entry.intent(),
            Optional.of(request),
            true);
    assertFails("Z11", () -> write(new Decision(List.of(twice), List.of(), again.threads())));
  }

  @Test
  void a_merge_that_did_not_happen_is_found_out_Z19() {
    Task merging = TaskStory.inReview().approve(Samples.BOB).merge().task();
    var facts = facts();
    Task merged =
        TaskStory.inReview()
            .approve(Samples.BOB)
            .merge()
            .see(new Observation.Finding.MergeTried(new MergeOutcome.Merged("d".repeat(40))))
            .task();
    assertFails(
        "Z19",
        () ->
            facts.check(
                Optional.of(merging),
                merged,
                recorded(merged, new TaskFact.Merged("d".repeat(40)))));
  }

  @Test
  void an_attempt_that_begins_beyond_a_limit_over_many_tasks_is_found_out_Z22() {
    world.plot = CALM.withQuotas(new Quotas(1_000_000, 0, 0, 0, 0));
    Ledger ledger = world.oracles.ledger();
    var quotas = new QuotaOracles(world, ledger);
    Task running = TaskStory.running().task();
    Task spent = TaskStory.running().output(Samples.costs(0, 1.20)).task();
    quotas.check(
        Optional.of(running), spent, recorded(spent, new TaskFact.Commented("it told its use")));
    TaskStory next = TaskStory.addedAndDispatched(Samples.spec());
    Task queued = next.task();
    Task claimed = next.claim().task();
    var claim = new TaskFact.Claimed(claimed.attempt().orElseThrow().ref(), StartMode.FRESH);
    assertFails(
        "quota", () -> quotas.check(Optional.of(queued), claimed, recorded(claimed, claim)));
  }

  @Test
  void a_final_state_that_is_left_is_found_out_Z4() {
    Task ready = TaskStory.added().task();
    Task cancelled = TaskStory.added().ask(new TaskCommand.Cancel(Samples.id(1), "no")).task();
    var facts = facts();
    assertFails(
        "Z4",
        () ->
            facts.check(
                Optional.of(cancelled), ready, recorded(ready, new TaskFact.Reopened("again"))));
  }

  @Test
  void an_attempt_that_begins_while_all_is_frozen_is_found_out() {
    Decision claim = dispatched();
    world.oracles.ledger().add(frozen(Freeze.Level.SOFT, 1));
    Task claimed = claim.threads().getFirst().task();
    var facts = facts();
    assertFails(
        "freeze",
        () ->
            facts.check(
                Optional.empty(),
                claimed,
                new Recorded(
                    claimed.id(),
                    claimed.attempt().orElseThrow().ref().epoch(),
                    Actor.SALVOR,
                    Samples.START.wall(),
                    new TaskFact.Claimed(claimed.attempt().orElseThrow().ref(), StartMode.FRESH))));
  }

  @Test
  void what_runs_through_a_hard_freeze_is_found_out() {
    Decision claim = dispatched();
    write(claim);
    Entry frozen = frozen(Freeze.Level.HARD, claim.lastSeq() + 1);
    assertFails("freeze", () -> write(new Decision(List.of(frozen), List.of(), List.of())));
  }

  /// Z11.
  @Test
  void a_write_that_is_torn_at_any_byte_leaves_whole_decisions() {
    List<Decision> both = List.of(dispatched(), comment(Optional.empty()));
    var kept = new TreeSet<Integer>();
    for (int seed = 0; seed < 300; seed++) {
      var disk = new SimDisk();
      List<Decision> whole = disk.tear(both, Dice.ofSeed(seed));
      kept.add(whole.size());
      assertThat(disk.verifyChain()).isEqualTo(whole.isEmpty() ? 0 : whole.getLast().lastSeq());
      assertThat(disk.decisions()).isEqualTo(both.subList(0, whole.size()));
    }
    assertThat(kept).containsExactly(0, 1);
  }

  /// Z11.
  @Test
  void what_a_lying_disk_lost_is_asked_of_nobody_and_what_is_left_is() {
    Decision first = dispatched();
    Decision second = comment(Optional.empty());
    write(first);
    write(second);

    world.oracles.rewind(List.of(first));

    assertThat(world.oracles.ledger().lastSeq()).isEqualTo(first.lastSeq());
    write(second);
    assertFails("Z12", () -> write(first));
  }

  private static Entry frozen(Freeze.Level level, long seq) {
    var statement =
        new Statement.OfInstance(
            seq, Samples.ANN, Samples.START.wall(), new InstanceFact.Frozen(level, ""));
    return Threads.entry(InstanceThread.NEW.after(statement), statement, Optional.empty()).last();
  }

  private Decision dispatched() {
    return decide(
        new TaskCommand.Create(Samples.id(1), Samples.spec(), "brief", 0, true), Optional.empty());
  }

  private Decision comment(Optional<Request> request) {
    return decide(new TaskCommand.Comment(Samples.id(1), "hm"), request);
  }

  private Decision decide(TaskCommand command, Optional<Request> request) {
    var ask =
        new Input.Ask(
            Samples.ANN,
            Samples.START,
            command,
            request.map(it -> new Once(it, core.durableSeq(), Optional.empty())),
            OptionalLong.empty(),
            List.of(command.task()));
    return ((Answer.Decided) core.offer(ask)).decision();
  }

  private void write(Decision decision) {
    world.oracles.written(List.of(decision));
  }

  private static Recorded recorded(Task task, TaskFact fact) {
    return new Recorded(task.id(), 1, Actor.SALVOR, Samples.START.wall(), fact);
  }

  private static void assertFails(String invariant, Runnable step) {
    assertThatThrownBy(step::run)
        .isInstanceOf(OracleFailed.class)
        .hasMessageStartingWith(invariant + ":");
  }

  private FactOracles facts() {
    Ledger ledger = world.oracles.ledger();
    return new FactOracles(world, ledger, new QuotaOracles(world, ledger), new ProviderOracles());
  }
}
