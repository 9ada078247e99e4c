package io.salvor.domain.engine;

import io.salvor.domain.access.Actor;
import io.salvor.domain.admission.Admission;
import io.salvor.domain.admission.Hold;
import io.salvor.domain.admission.NearedAllowances;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Freeze.Level;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.instance.InstanceDecider;
import io.salvor.domain.instance.InstanceDecider.Ruling;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog.Restored;
import io.salvor.domain.journal.RecordLog.Seen;
import io.salvor.domain.journal.Request;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.recovery.Matrix;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.task.Adviser;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.ObservationDecider;
import io.salvor.domain.task.Outcome;
import io.salvor.domain.task.Refusal;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskDecider;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.time.Now;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The engine without threads and without I/O: inputs in, decisions out, effects once the decisions
/// are durable.
///
/// It holds two states, each of open tasks and of a [Standing] for all else. Decisions are made on
/// the speculative one (`tasks`, `standing`), which runs ahead while earlier decisions are being
/// written; effects follow from the durable one. [#forgetUndurable] throws the difference away.
/// Used by one thread.
public final class EngineCore {
  /// More requests than can be decided between the store's answer and the decision it was asked
  /// for; some 400 bytes each.
  private static final int REMEMBERED = 10_000;

  private final EnginePolicy policy;
  private final Adviser adviser = new Matrix();
  private final ObservationDecider observations;
  private final OpenTasks durableTasks = new OpenTasks();
  private final OpenTasks tasks = new OpenTasks();
  private final Deque<Undurable> undurable = new ArrayDeque<>();
  private final Requests requests;
  private final Dependencies dependencies = new Dependencies(this::find);
  private final ClosedThreads closed = new ClosedThreads();
  private final EffectsUnderWay effects = new EffectsUnderWay();
  private Standing durable;
  private Standing standing;
  private MemoryBand memory = MemoryBand.HEALTHY;
  private Optional<Hold> shut = Optional.empty();

  public EngineCore(EnginePolicy policy, Restored restored) {
    this(policy, restored, REMEMBERED);
  }

  /// @param remembered how many requests are remembered that were carried out
  public EngineCore(EnginePolicy policy, Restored restored, int remembered) {
    this.policy = policy;
    this.requests = new Requests(remembered);
    this.observations = new ObservationDecider(policy.starts(), adviser);
    restored.open().forEach(durableTasks::put);
    restored.open().forEach(tasks::put);
    this.durable = Standing.of(restored);
    this.standing = durable;
  }

  /// Decides about one input.
  public Answer offer(Input input) {
    return switch (input) {
      case Input.Ask ask -> ask(ask);
      case Input.Govern govern -> govern(govern);
      case Input.Saw(var now, var observation) -> {
        OpenThread thread = tasks.get(observation.task());
        yield thread == null
            ? nothing("the task is closed")
            : decided(
                observations.decide(thread.task(), observation, now, standing.nextSeq()),
                now,
                Optional.empty(),
                List.of());
      }
      case Input.Tick(var now) -> tick(now);
      case Input.Admit(var because) -> {
        shut = because;
        yield nothing(because.isEmpty() ? "attempts may begin" : "no attempt begins");
      }
      case Input.Memory(var now, var band) -> {
        memory = band;
        yield tick(now);
      }
      case Input.EffectLost(var task, var asOf) -> {
        effects.lost(task, asOf);
        yield nothing("to be started again");
      }
    };
  }

  /// Takes note that everything up to `seq` is durable, and says what is to be done in the world
  /// now, and what no longer.
  public Wanted durableUpTo(long seq) {
    var touched = new TreeMap<TaskId, OpenThread>();
    while (!undurable.isEmpty() && undurable.getFirst().after.lastSeq() <= seq) {
      Undurable written = undurable.removeFirst();
      durable = written.after;
      touched.putAll(written.threads);
    }
    var wanted = new ArrayList<Effect>();
    var noLonger = new ArrayList<TaskId>();
    for (OpenThread thread : touched.values()) {
      durableTasks.put(thread);
      effects.begin(thread.task()).ifPresent(wanted::add);
      if (effects.drop(thread.task())) {
        noLonger.add(thread.task().id());
      }
      if (thread.task().isSettled() && thread.equals(tasks.get(thread.task().id()))) {
        durableTasks.remove(thread.task().id());
        tasks.remove(thread.task().id());
        keepClosed(thread);
      }
    }
    return new Wanted(wanted, noLonger);
  }

  /// Takes back every decision that is not durable: the log refused them.
  public void forgetUndurable() {
    undurable.clear();
    standing = durable;
    tasks.replaceAll(durableTasks.all());
    requests.forgetAfter(durable.lastSeq());
  }

  /// What the durable state wants done and nobody does: everything after a start, what was lost
  /// after that.
  public List<Effect> reconcile() {
    return durableTasks.all().stream()
        .flatMap(thread -> effects.begin(thread.task()).stream())
        .toList();
  }

  /// The durable open tasks, in the order of their ids.
  public Collection<OpenThread> openTasks() {
    return durableTasks.all();
  }

  /// The instance as it durably is.
  public Instance instance() {
    return durable.instance().instance();
  }

  /// Who may begin, as far as the durable state tells.
  public Admission admission() {
    return admission(durableTasks, durable.instance(), durable.spending());
  }

  /// Seq of the last durable record.
  public long durableSeq() {
    return durable.lastSeq();
  }

  private Answer ask(Input.Ask ask) {
    Optional<Answer> before = ask.once().flatMap(it -> requests.before(it, standing.lastSeq()));
    if (before.isPresent()) {
      return before.get();
    }
    closed.keepAll(ask.closed().stream().filter(it -> !isOpen(it.task().id())).toList());
    List<TaskId> needed = needed(ask);
    if (needed.stream().anyMatch(id -> closed.get(id) == null)) {
      return new Answer.Missing(needed);
    }
    return ask.command() instanceof TaskCommand.Create create ? create(ask, create) : change(ask);
  }

  /// The closed threads that are decided on.
  private List<TaskId> needed(Input.Ask ask) {
    var needed = new TreeSet<TaskId>(Dependencies.namedBy(ask.command()));
    needed.add(ask.command().task());
    needed.removeAll(new TreeSet<>(ask.absent()));
    needed.removeIf(this::isOpen);
    return List.copyOf(needed);
  }

  private @Nullable OpenThread find(TaskId id) {
    OpenThread open = tasks.get(id);
    return open != null ? open : closed.get(id);
  }

  private Answer create(Input.Ask ask, TaskCommand.Create create) {
    if (find(create.task()) != null) {
      return refused(Refusal.Code.TASK_EXISTS, "there is already a task " + create.task(), "");
    }
    List<TaskId> dependsOn = create.spec().dependsOn();
    Optional<Refusal> problem = dependencies.problem(create.task(), dependsOn);
    if (problem.isPresent()) {
      return new Answer.Refused(problem.get(), standing.lastSeq());
    }
    List<TaskId> unmerged = dependencies.unmerged(dependsOn);
    long number = Math.max(standing.lastNumber(), create.highestNumberSeen()) + 1;
    Outcome outcome =
        TaskDecider.create(create, ask.actor(), ask.now(), standing.nextSeq(), number, unmerged);
    standing = standing.withNumber(number);
    return decided(
        outcome,
        ask.now(),
        ask.request(),
        List.of(new Decision.Document(create.spec().briefHash(), create.brief())));
  }

  private Answer change(Input.Ask ask) {
    OpenThread thread = find(ask.command().task());
    if (thread == null) {
      return refused(
          Refusal.Code.TASK_NOT_FOUND, "no task " + ask.command().task(), "salvor task list");
    }
    Task task = thread.task();
    if (ask.etag().isPresent() && ask.etag().getAsLong() != task.revision()) {
      return refused(
          Refusal.Code.ETAG_MISMATCH,
          task.display() + " is at revision " + task.revision() + ", not " + ask.etag().getAsLong(),
          "salvor task show " + task.display());
    }
    List<TaskId> dependsOn = Dependencies.namedBy(ask.command());
    Optional<Refusal> problem = dependencies.problem(task.id(), dependsOn);
    if (problem.isPresent()) {
      return new Answer.Refused(problem.get(), standing.lastSeq());
    }
    List<TaskId> unmerged = dependencies.unmerged(dependsOn);
    return decided(
        TaskDecider.decide(
            task, ask.command(), ask.actor(), ask.now(), standing.nextSeq(), unmerged, adviser),
        ask.now(),
        ask.request(),
        documents(ask.command()));
  }

  private static List<Decision.Document> documents(TaskCommand command) {
    if (!(command instanceof TaskCommand.Edit edit) || edit.brief().isEmpty()) {
      return List.of();
    }
    return edit.changes().stream()
        .filter(Change.Brief.class::isInstance)
        .map(Change.Brief.class::cast)
        .map(it -> new Decision.Document(it.hash(), edit.brief().get()))
        .toList();
  }

  private Answer govern(Input.Govern govern) {
    Optional<Answer> before = govern.once().flatMap(it -> requests.before(it, standing.lastSeq()));
    if (before.isPresent()) {
      return before.get();
    }
    return switch (InstanceDecider.decide(standing.instance().instance(), govern.command())) {
      case Ruling.Refused(var refusal) -> new Answer.Refused(refusal, standing.lastSeq());
      case Ruling.Accepted(var fact) -> governed(govern, fact);
    };
  }

  private Answer governed(Input.Govern govern, InstanceFact fact) {
    var making = new DecisionInMaking(this::find, standing.spending(), govern.request(), List.of());
    say(making, govern.actor(), govern.now(), fact);
    if (fact instanceof InstanceFact.Frozen(var level, var reason) && level == Level.HARD) {
      for (Task task : tasks.holdingSlots()) {
        TaskDecider.freeze(task, reason, govern.actor(), govern.now(), standing.nextSeq())
            .ifPresent(it -> take(making, it));
      }
    }
    admit(making, govern.now());
    Decision decision = finish(making);
    remember(govern.request(), Optional.empty(), decision);
    return new Answer.Decided(decision, Optional.empty());
  }

  private Answer tick(Now now) {
    var making = new DecisionInMaking(this::find, standing.spending(), Optional.empty(), List.of());
    for (Optional<Task> due = tasks.nextToWake(now.wall());
        due.isPresent();
        due = tasks.nextToWake(now.wall())) {
      take(making, TaskDecider.wake(due.get(), now, standing.nextSeq()));
    }
    admit(making, now);
    return making.isEmpty()
        ? nothing("nothing is due")
        : new Answer.Decided(finish(making), Optional.empty());
  }

  private Answer decided(
      Outcome outcome, Now now, Optional<Request> request, List<Decision.Document> documents) {
    return switch (outcome) {
      case Outcome.Refused(var refusal) -> new Answer.Refused(refusal, standing.lastSeq());
      case Outcome.Dropped(var why) -> nothing(why);
      case Outcome.Accepted accepted -> {
        var making = new DecisionInMaking(this::find, standing.spending(), request, documents);
        take(making, accepted);
        if (accepted.facts().stream().anyMatch(it -> it.fact() instanceof TaskFact.Merged)) {
          for (Task waiting : tasks.waitingFor(accepted.task().id())) {
            take(
                making,
                TaskDecider.dependencyMet(waiting, accepted.task().id(), now, standing.nextSeq()));
          }
        }
        tellOfAllowances(making, now);
        admit(making, now);
        Decision decision = finish(making);
        remember(request, Optional.of(accepted.task().id()), decision);
        OpenThread thread = find(accepted.task().id());
        yield new Answer.Decided(decision, Optional.ofNullable(thread).map(OpenThread::task));
      }
    };
  }

  private void tellOfAllowances(DecisionInMaking making, Now now) {
    if (making.spending().equals(standing.spending())) {
      return;
    }
    for (InstanceFact fact :
        NearedAllowances.of(
            policy.admission(), making.spending(), standing.instance().instance(), now.wall())) {
      say(making, Actor.SALVOR, now, fact);
    }
  }

  private void say(DecisionInMaking making, Actor actor, Now now, InstanceFact fact) {
    say(making, actor, now.wall(), fact);
  }

  private void say(DecisionInMaking making, Actor actor, Instant at, InstanceFact fact) {
    var statement = new Statement.OfInstance(standing.nextSeq(), actor, at, fact);
    standing = standing.withInstance(making.add(standing.instance(), statement)).withRecords(1);
  }

  private void admit(DecisionInMaking making, Now now) {
    while (!tasks.nobodyQueued()) {
      Admission admission = admission(tasks, standing.instance(), making.spending());
      Optional<Task> next = tasks.nextQueued(admission, now.wall());
      if (next.isEmpty()) {
        return;
      }
      take(making, TaskDecider.claim(next.get(), now, standing.nextSeq()));
    }
  }

  private Admission admission(OpenTasks tasks, InstanceThread thread, Spending used) {
    return new Admission(
        policy.admission(),
        shut,
        thread.instance().freeze(),
        memory,
        tasks.held(),
        used,
        thread.instance().troubles());
  }

  private void take(DecisionInMaking making, Outcome.Accepted accepted) {
    standing = standing.withRecords(accepted.facts().size());
    tasks.put(making.add(accepted.facts()));
    for (DecisionInMaking.Told told : making.news()) {
      learn(
          making, Lessons.ofProvider(policy.breaker(), standing.instance().instance(), told), told);
      learn(making, Lessons.ofEnding(standing.instance().instance(), told), told);
    }
  }

  private void learn(
      DecisionInMaking making, Optional<InstanceFact> lesson, DecisionInMaking.Told told) {
    lesson.ifPresent(it -> say(making, Actor.SALVOR, told.fact().at(), it));
  }

  private Decision finish(DecisionInMaking making) {
    standing = standing.withSpending(making.spending());
    undurable.addLast(new Undurable(standing, making.threads()));
    return making.decision();
  }

  private void remember(Optional<Request> request, Optional<TaskId> task, Decision decision) {
    request.ifPresent(
        it -> requests.remember(it, new Seen(it.payloadHash(), task, decision.lastSeq())));
  }

  private void keepClosed(OpenThread thread) {
    if (!isOpen(thread.task().id())) { // not written on again meanwhile
      closed.keepAll(List.of(thread));
    }
  }

  private boolean isOpen(TaskId id) {
    return tasks.get(id) != null;
  }

  private Answer nothing(String why) {
    return new Answer.Nothing(why, standing.lastSeq());
  }

  private Answer refused(Refusal.Code code, String detail, String hint) {
    return new Answer.Refused(new Refusal(code, detail, hint), standing.lastSeq());
  }

  /// A decision that is not known to be durable, with the threads as it leaves them.
  private record Undurable(Standing after, Map<TaskId, OpenThread> threads) {}
}
