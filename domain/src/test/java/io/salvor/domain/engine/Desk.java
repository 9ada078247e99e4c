package io.salvor.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.admission.AdmissionPolicy;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceCommand;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog.Restored;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.journal.Threads;
import io.salvor.domain.provider.Breaker;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.Observation;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Refusal;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.MergeOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// An engine core with a log that is a list: decisions become durable when a test says so.
final class Desk {
  final List<Decision> log = new ArrayList<>();
  private final List<Decision> undurable = new ArrayList<>();
  private EnginePolicy policy;
  Now now = Samples.START;

  /// Of which tasks nothing was wanted any more at the last commit.
  List<TaskId> noLongerWanted = List.of();

  EngineCore core;

  Desk(int slots) {
    this(new AdmissionPolicy(slots));
  }

  Desk(AdmissionPolicy admission) {
    policy =
        new EnginePolicy(admission, EnginePolicy.DEFAULT.starts(), EnginePolicy.DEFAULT.breaker());
    core =
        new EngineCore(
            policy, new Restored("lineage", 0, 0, InstanceThread.NEW, List.of(), Spending.NONE));
  }

  Answer offer(Input input) {
    Answer answer = core.offer(input);
    if (answer instanceof Answer.Decided decided) {
      undurable.add(decided.decision());
    }
    return answer;
  }

  Answer ask(TaskCommand command) {
    return ask(Samples.ANN, command);
  }

  Answer ask(Actor actor, TaskCommand command) {
    var ask = new Input.Ask(actor, now, command);
    Answer answer = offer(ask);
    return answer instanceof Answer.Missing missing
        ? offer(ask.knowing(List.of(), missing.tasks()))
        : answer;
  }

  /// Asks as a server does that reads the closed tasks for it from the log.
  Answer askReading(TaskCommand command, List<OpenThread> closed) {
    var ask = new Input.Ask(Samples.ANN, now, command);
    assertThat(offer(ask)).isInstanceOf(Answer.Missing.class);
    return offer(ask.knowing(closed, List.of(command.task())));
  }

  Answer freeze(Freeze.Level level, String reason) {
    return govern(new InstanceCommand.Freeze(level, reason));
  }

  Answer unfreeze() {
    return govern(new InstanceCommand.Unfreeze(""));
  }

  Answer govern(InstanceCommand command) {
    return offer(new Input.Govern(Samples.ANN, now, command, Optional.empty()));
  }

  Answer add(int n, boolean dispatch) {
    return add(n, Samples.spec(), dispatch);
  }

  Answer add(int n, TaskSpec spec, boolean dispatch) {
    return ask(new TaskCommand.Create(Samples.id(n), spec, "brief", 0, dispatch));
  }

  Answer dispatch(int n) {
    return ask(new TaskCommand.Dispatch(Samples.id(n), StartMode.FRESH, Optional.empty()));
  }

  Answer saw(int n, Finding finding) {
    return saw(n, core.durableSeq(), finding);
  }

  Answer saw(int n, long asOf, Finding finding) {
    return offer(new Input.Saw(now, new Observation(Samples.id(n), asOf, finding)));
  }

  /// Sees something of the task as it now durably is, and makes what follows durable.
  List<Effect> see(int n, Finding finding) {
    Answer answer = saw(n, task(n).since(), finding);
    assertThat(answer).isInstanceOf(Answer.Decided.class);
    return commit();
  }

  /// Takes a dispatched task through its work to its merge.
  void merge(int n) {
    see(n, Samples.preparedReady());
    see(n, Samples.spawned());
    see(n, new Finding.Output(Samples.batch(0, Samples.lastWord(0, Verdict.SUCCESS))));
    see(n, new Finding.Exited());
    see(n, Samples.gone(Samples.exited(0)));
    ask(
        Samples.BOB,
        new TaskCommand.Approve(Samples.id(n), Optional.empty(), Samples.clean(), "", true));
    assertThat(commit()).extracting(Effect::kind).containsExactly(Effect.Kind.MERGE);
    see(n, new Finding.MergeTried(new MergeOutcome.Merged("d".repeat(40))));
    assertThat(log.getLast().entries().getFirst().ofTask().orElseThrow().fact())
        .isInstanceOf(TaskFact.Merged.class);
  }

  Answer tick(Duration later) {
    now = now.plus(later);
    return offer(new Input.Tick(now));
  }

  /// Everything decided becomes durable.
  ///
  /// @return what is wanted now
  List<Effect> commit() {
    if (undurable.isEmpty()) {
      return List.of();
    }
    log.addAll(undurable);
    undurable.clear();
    Wanted wanted = core.durableUpTo(log.getLast().lastSeq());
    noLongerWanted = wanted.noLonger();
    return wanted.now();
  }

  /// The log refuses what is not durable.
  void fail() {
    undurable.clear();
    core.forgetUndurable();
  }

  /// A new server reads what is durable.
  void restart() {
    undurable.clear();
    core = new EngineCore(policy, restored());
  }

  /// A new server with another setting reads what is durable.
  void restartWith(Breaker breaker) {
    policy = new EnginePolicy(policy.admission(), policy.starts(), breaker);
    restart();
  }

  private Restored restored() {
    var threads = new TreeMap<TaskId, OpenThread>();
    InstanceThread instance = InstanceThread.NEW;
    Spending spending = Spending.NONE;
    long number = 0;
    for (Decision decision : log) {
      for (Entry entry : decision.entries()) {
        switch (entry.statement()) {
          case Statement.OfTask(var recorded) -> {
            TaskId id = recorded.task();
            OpenThread before = threads.get(id);
            OpenThread after = Threads.after(before, recorded);
            Optional<Spent> spent =
                Spent.by(before == null ? null : before.task(), after.task(), recorded);
            spending = spent.isPresent() ? spending.plus(spent.get()) : spending;
            threads.put(id, after);
            number = Math.max(number, after.task().display().number());
          }
          case Statement.OfInstance statement -> instance = instance.after(statement);
        }
      }
    }
    return new Restored(
        "lineage",
        log.isEmpty() ? 0 : log.getLast().lastSeq(),
        number,
        instance,
        threads.values().stream().filter(it -> !it.task().isSettled()).toList(),
        spending);
  }

  /// The task as it durably is, open or closed.
  Task task(int n) {
    return thread(n).task();
  }

  OpenThread thread(int n) {
    OpenThread thread = null;
    for (Decision decision : log) {
      for (Entry entry : decision.entries()) {
        if (entry.statement() instanceof Statement.OfTask(var recorded)
            && recorded.task().equals(Samples.id(n))) {
          thread = Threads.after(thread, recorded);
        }
      }
    }
    assertThat(thread).isNotNull();
    return Objects.requireNonNull(thread);
  }

  static Refusal.Code code(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Refused.class);
    return ((Answer.Refused) answer).refusal().code();
  }
}
