package io.salvor.simulator;

import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.Input;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.task.TaskState.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What must be true after every step, judged from the world and from what reached the disk.
final class Oracles {
  private final World world;
  private final Ledger ledger = new Ledger();
  private final FactOracles facts;
  private final QuotaOracles quotas;
  private final ProviderOracles providers = new ProviderOracles();
  private final CallOracles calls;
  private final LimitOracles limits;
  private final WorkOracles work;
  private final ReplayOracles replays = new ReplayOracles();
  private final Coverage coverage = new Coverage();
  private boolean worldIsAhead;

  Oracles(World world) {
    this.world = world;
    this.quotas = new QuotaOracles(world, ledger);
    this.facts = new FactOracles(world, ledger, quotas, providers);
    this.calls = new CallOracles(ledger);
    this.limits = new LimitOracles(world);
    this.work = new WorkOracles(world);
  }

  Ledger ledger() {
    return ledger;
  }

  Coverage coverage() {
    return coverage;
  }

  SimRepository repositoryOf(TaskId task) {
    return world.repository(ledger.task(task).orElseThrow());
  }

  List<TaskId> tasksOf(SimRepository repository) {
    return ledger.tasks().stream()
        .filter(task -> world.repository(task) == repository)
        .map(Task::id)
        .toList();
  }

  /// Those that stand in one of these states.
  List<TaskId> standing(List<TaskId> tasks, Set<Kind> states) {
    return tasks.stream()
        .filter(it -> states.contains(ledger.task(it).orElseThrow().kind()))
        .toList();
  }

  Reply expecting(Call call) {
    return calls.expecting(call);
  }

  /// An input reaches the engine.
  void offered(Input input) {
    coverage.note(ledger, input);
    if (!worldIsAhead) {
      work.offered(input);
    }
  }

  /// A batch reached the disk, whether or not the server will hear of it.
  void written(List<Decision> batch) {
    for (Decision decision : batch) {
      calls.written(decision);
      for (Entry entry : decision.entries()) {
        Optional<Recorded> recorded = entry.ofTask();
        Optional<Task> before = recorded.flatMap(it -> ledger.task(it.task()));
        Optional<Task> after = ledger.add(entry);
        recorded.ifPresent(it -> check(before, after.orElseThrow(), it));
      }
      nothingRunsThroughAHardFreeze(decision);
      if (!worldIsAhead) {
        limits.written(decision);
      }
      for (OpenThread thread : decision.threads()) {
        if (!ledger.thread(thread.task().id()).equals(Optional.of(thread))) {
          throw new OracleFailed("Z11", "a decision shows " + thread + ", and the fold is another");
        }
      }
      replays.written(decision.lastSeq(), ledger.threads());
    }
    if (ledger.slotsHeld() > world.plot.slots()) {
      throw new OracleFailed(
          "Z2", ledger.slotsHeld() + " attempts hold " + world.plot.slots() + " slots");
    }
  }

  private void check(Optional<Task> before, Task after, Recorded recorded) {
    quotas.check(before, after, recorded);
    if (!worldIsAhead) {
      facts.check(before, after, recorded);
      providers.check(after, recorded);
      work.check(before, after, recorded);
      limits.check(before, after, recorded);
    }
  }

  /// The end of the log is gone, and the world has gone on from it: git and the attempts' folders
  /// know what no record tells. What can still be asked is that state and log agree, that requests
  /// of what is left happen once, and that all comes to rest.
  void rewind(List<Decision> left) {
    calls.stepped();
    worldIsAhead = true;
    ledger.clear();
    quotas.clear();
    for (Decision decision : left) {
      for (Entry entry : decision.entries()) {
        Optional<Recorded> recorded = entry.ofTask();
        Optional<Task> before = recorded.flatMap(it -> ledger.task(it.task()));
        Optional<Task> after = ledger.add(entry);
        recorded.ifPresent(it -> quotas.note(before, after.orElseThrow(), it));
      }
    }
    calls.rewind(left);
    replays.rewind(ledger.lastSeq());
  }

  /// With little memory an attempt begins only where none is open.
  ///
  /// @param ahead what was decided up to it and did not reach the disk
  void oneAtATime(Decision decision, Stream<Decision> ahead) {
    boolean begins =
        decision.entries().stream()
            .flatMap(it -> it.ofTask().stream())
            .anyMatch(it -> it.fact() instanceof TaskFact.Claimed);
    if (!begins) {
      return;
    }
    var tasks = new TreeMap<TaskId, Task>();
    ledger.tasks().forEach(it -> tasks.put(it.id(), it));
    ahead.forEach(it -> it.threads().forEach(after -> tasks.put(after.task().id(), after.task())));
    long held = tasks.values().stream().filter(it -> it.holdsSlot()).count();
    if (held != 1) {
      throw new OracleFailed("memory", held + " attempts are open with little memory");
    }
  }

  /// A hard freeze ends what runs in the decision that orders it.
  private void nothingRunsThroughAHardFreeze(Decision decision) {
    boolean ordered =
        decision.entries().stream()
            .map(Entry::statement)
            .anyMatch(it ->
                it instanceof Statement.OfInstance about
                    && about.fact() instanceof InstanceFact.Frozen(var level, _)
                    && level == Freeze.Level.HARD);
    for (Task task : ordered ? ledger.tasks() : List.<Task>of()) {
      if (task.kind() == Kind.RUNNING || task.kind() == Kind.CLAIMED) {
        throw new OracleFailed("freeze", task.display() + " is " + task.kind() + " through it");
      }
    }
  }

  /// The server was told what is durable.
  void heardDurable(EngineCore core) {
    if (core.durableSeq() == ledger.lastSeq()) {
      same("the durable state", core.openTasks());
      same("the durable instance", core.instance());
      quotas.same("the durable state", core.admission().spending());
    }
  }

  /// A server starts with this.
  void restored(RecordLog.Restored restored) {
    if (restored.lastSeq() != ledger.lastSeq()) {
      throw new OracleFailed(
          "Z11", "the log ends at " + restored.lastSeq() + ", not at " + ledger.lastSeq());
    }
    same("the restored state", restored.open());
    same("the restored instance", restored.instance().instance());
    quotas.same("the restored state", restored.spending());
  }

  private void same(String what, Instance instance) {
    if (!instance.equals(ledger.instance().instance())) {
      throw new OracleFailed("Z11", what + " is not the fold of the log: " + instance);
    }
  }

  private void same(String what, Collection<OpenThread> threads) {
    var open = new ArrayList<>(threads);
    open.removeIf(it -> it.task().isSettled());
    if (!open.equals(ledger.open())) {
      throw new OracleFailed("Z11", what + " is not the fold of the log: " + open);
    }
  }

  /// After every step.
  void stepped() {
    for (SimAgent agent : world.processes.all()) {
      if (agent.anythingAlive()) {
        ownsItsTask(agent);
      }
    }
    calls.stepped();
  }

  /// Whatever lives belongs to the open attempt of a task that was meant to have it.
  private void ownsItsTask(SimAgent agent) {
    Task task = ledger.task(agent.attempt.task()).orElseThrow();
    boolean mayLive =
        switch (task.state()) {
          case TaskState.Claimed claimed -> claimed.workspace().isPresent();
          case TaskState.Running _, TaskState.Stopping _ -> true;
          default -> false;
        };
    boolean its = task.attempt().filter(it -> isOf(agent, it.ref())).isPresent();
    if (!mayLive || !its) {
      throw new OracleFailed("Z6", World.name(agent) + " lives while its task is " + task.state());
    }
  }

  /// Whose number was given anew with another epoch, after a disk had lied, has the old one's
  /// folder.
  private boolean isOf(SimAgent agent, AttemptRef open) {
    return agent.attempt.equals(open) || (worldIsAhead && agent.attempt.number() == open.number());
  }

  /// Nothing went wrong for a long time, and nobody asked for anything.
  void cameToRest() {
    for (Task task : ledger.tasks()) {
      if (!waitsForAPerson(task)) {
        throw new OracleFailed("Z1", task.display() + " came to rest as " + task.state());
      }
    }
    if (world.disk.verifyChain() != ledger.lastSeq()) {
      throw new OracleFailed("Z13", "the chain does not reach the end of the log");
    }
    calls.cameToRest();
    if (!worldIsAhead) {
      work.cameToRest(ledger.tasks());
    }
    replays.cameToRest(world.disk.records());
  }

  private boolean waitsForAPerson(Task task) {
    Kind kind = task.kind();
    return switch (task.state()) {
      case TaskState.Ready ready -> ready.wakeUp().isEmpty();
      case TaskState.Pending _ -> !ledger.mayStart(task);
      case TaskState.Queued _ ->
          ledger.instance().instance().freeze().isPresent()
              || quotas.rests(task, world.clock.now().wall());
      case TaskState.Review _, TaskState.Approved _ -> true;
      default -> task.isSettled() || kind.needsPerson();
    };
  }
}
