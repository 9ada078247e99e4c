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
import org.jspecify.annotations.Nullable;

/// The engine without threads and without I/O: inputs in, decisions out, effects once the decisions
/// are durable.
///
/// It holds two states. Decisions are made on the *speculative* one, which runs ahead while earlier
/// decisions are being written; effects follow from the *durable* one. [#forgetUndurable] throws
/// the difference away. Used by one thread.
public final class EngineCore {
  private final EnginePolicy policy;
  private final Adviser adviser = new Matrix();
  private final ObservationDecider observations;
  private final OpenTasks durable = new OpenTasks();
  private final OpenTasks speculative = new OpenTasks();
  private final Deque<Undurable> undurable = new ArrayDeque<>();
  private final Requests requests = new Requests();
  private final Dependencies dependencies = new Dependencies(this::find);
  private final ClosedThreads closed = new ClosedThreads();
  private final TreeMap<TaskId, Long> effectsUnderWay = new TreeMap<>();
  private Spending durableSpending;
  private Spending spending;
  private MemoryBand memory = MemoryBand.HEALTHY;
  private InstanceThread durableInstance;
  private InstanceThread instance;
  private long durableSeq;
  private long durableNumber;
  private long nextSeq;
  private long lastNumber;
  private Optional<Hold> shut = Optional.empty();

  public EngineCore(EnginePolicy policy, Restored restored) {
    this.policy = policy;
    this.observations = new ObservationDecider(policy.starts(), adviser);
    restored.open().forEach(durable::put);
    restored.open().forEach(speculative::put);
    this.durableSpending = restored.spending();
    this.spending = durableSpending;
    this.durableInstance = restored.instance();
    this.instance = durableInstance;
    this.durableSeq = restored.lastSeq();
    this.durableNumber = restored.lastNumber();
    this.nextSeq = durableSeq + 1;
    this.lastNumber = durableNumber;
  }

  /// Decides about one input.
  public Answer offer(Input input) {
    return switch (input) {
      case Input.Ask ask -> ask(ask);
      case Input.Govern govern -> govern(govern);
      case Input.Saw(var now, var observation) -> {
        OpenThread thread = speculative.get(observation.task());
        yield thread == null
            ? nothing("the task is closed")
            : decided(
                observations.decide(thread.task(), observation, now, nextSeq),
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
      case Input.Loaded(var thread) -> {
        keepClosed(thread);
        yield nothing("loaded");
      }
      case Input.EffectLost(var task, var asOf) -> {
        effectsUnderWay.remove(task, asOf);
        yield nothing("to be started again");
      }
    };
  }

  /// Takes note that everything up to `seq` is durable, and says what is to be done in the world
  /// now.
  public List<Effect> durableUpTo(long seq) {
    var touched = new TreeMap<TaskId, OpenThread>();
    while (!undurable.isEmpty() && undurable.getFirst().lastSeq <= seq) {
      Undurable written = undurable.removeFirst();
      durableSeq = written.lastSeq;
      durableNumber = written.number;
      durableInstance = written.instance;
      durableSpending = written.spending;
      touched.putAll(written.threads);
    }
    var effects = new ArrayList<Effect>();
    for (OpenThread thread : touched.values()) {
      durable.put(thread);
      begin(thread.task()).ifPresent(effects::add);
      if (thread.task().isSettled() && thread.equals(speculative.get(thread.task().id()))) {
        durable.remove(thread.task().id());
        speculative.remove(thread.task().id());
        keepClosed(thread);
      }
    }
    return effects;
  }

  /// Takes back every decision that is not durable: the log refused them.
  public void forgetUndurable() {
    undurable.clear();
    nextSeq = durableSeq + 1;
    lastNumber = durableNumber;
    instance = durableInstance;
    spending = durableSpending;
    speculative.replaceAll(durable.all());
    requests.forgetAfter(durableSeq);
  }

  /// What the durable state wants done and nobody does: everything after a start, what was lost
  /// after that.
  public List<Effect> reconcile() {
    var effects = new ArrayList<Effect>();
    for (OpenThread thread : durable.all()) {
      begin(thread.task()).ifPresent(effects::add);
    }
    return effects;
  }

  /// The durable open tasks, in the order of their ids.
  public Collection<OpenThread> openTasks() {
    return durable.all();
  }

  /// The instance as it durably is.
  public Instance instance() {
    return durableInstance.instance();
  }

  /// Who may begin, as far as the durable state tells.
  public Admission admission() {
    return admission(durable, durableInstance, durableSpending);
  }

  /// Seq of the last durable record.
  public long durableSeq() {
    return durableSeq;
  }

  private Optional<Effect> begin(Task task) {
    Optional<Effect> wanted = Effect.wantedBy(task);
    Long underWay = effectsUnderWay.get(task.id());
    if (wanted.isEmpty()) {
      effectsUnderWay.remove(task.id());
      return wanted;
    }
    if (underWay != null && underWay == task.since()) {
      return Optional.empty();
    }
    effectsUnderWay.put(task.id(), task.since());
    return wanted;
  }

  private Answer ask(Input.Ask ask) {
    Optional<Answer> before = requests.before(ask.request(), ask.seen(), nextSeq - 1);
    if (before.isPresent()) {
      return before.get();
    }
    List<TaskId> missing = missing(ask);
    if (!missing.isEmpty()) {
      return new Answer.Missing(missing);
    }
    return ask.command() instanceof TaskCommand.Create create ? create(ask, create) : change(ask);
  }

  private List<TaskId> missing(Input.Ask ask) {
    var needed = new ArrayList<TaskId>();
    needed.add(ask.command().task());
    needed.addAll(Dependencies.namedBy(ask.command()));
    needed.removeIf(id -> ask.absent().contains(id) || find(id) != null);
    return needed;
  }

  private @Nullable OpenThread find(TaskId id) {
    OpenThread open = speculative.get(id);
    return open != null ? open : closed.get(id);
  }

  private Answer create(Input.Ask ask, TaskCommand.Create create) {
    if (find(create.task()) != null) {
      return refused(Refusal.Code.TASK_EXISTS, "there is already a task " + create.task(), "");
    }
    List<TaskId> dependsOn = create.spec().dependsOn();
    Optional<Refusal> problem = dependencies.problem(create.task(), dependsOn);
    if (problem.isPresent()) {
      return new Answer.Refused(problem.get(), nextSeq - 1);
    }
    List<TaskId> unmerged = dependencies.unmerged(dependsOn);
    long number = Math.max(lastNumber, create.highestNumberSeen()) + 1;
    Outcome outcome = TaskDecider.create(create, ask.actor(), ask.now(), nextSeq, number, unmerged);
    lastNumber = number;
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
      return new Answer.Refused(problem.get(), nextSeq - 1);
    }
    List<TaskId> unmerged = dependencies.unmerged(dependsOn);
    return decided(
        TaskDecider.decide(task, ask.command(), ask.actor(), ask.now(), nextSeq, unmerged, adviser),
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
    Optional<Answer> before = requests.before(govern.request(), govern.seen(), nextSeq - 1);
    if (before.isPresent()) {
      return before.get();
    }
    return switch (InstanceDecider.decide(instance.instance(), govern.command())) {
      case Ruling.Refused(var refusal) -> new Answer.Refused(refusal, nextSeq - 1);
      case Ruling.Accepted(var fact) -> governed(govern, fact);
    };
  }

  private Answer governed(Input.Govern govern, InstanceFact fact) {
    var making = new DecisionInMaking(this::find, spending, govern.request(), List.of());
    say(making, govern.actor(), govern.now(), fact);
    if (fact instanceof InstanceFact.Frozen(var level, var reason) && level == Level.HARD) {
      for (Task task : speculative.holdingSlots()) {
        TaskDecider.freeze(task, reason, govern.actor(), govern.now(), nextSeq)
            .ifPresent(it -> take(making, it));
      }
    }
    admit(making, govern.now());
    Decision decision = finish(making);
    remember(govern.request(), Optional.empty(), decision);
    return new Answer.Decided(decision, Optional.empty());
  }

  private Answer tick(Now now) {
    var making = new DecisionInMaking(this::find, spending, Optional.empty(), List.of());
    for (Optional<Task> due = speculative.nextToWake(now.wall());
        due.isPresent();
        due = speculative.nextToWake(now.wall())) {
      take(making, TaskDecider.wake(due.get(), now, nextSeq));
    }
    admit(making, now);
    return making.isEmpty()
        ? nothing("nothing is due")
        : new Answer.Decided(finish(making), Optional.empty());
  }

  private Answer decided(
      Outcome outcome, Now now, Optional<Request> request, List<Decision.Document> documents) {
    return switch (outcome) {
      case Outcome.Refused(var refusal) -> new Answer.Refused(refusal, nextSeq - 1);
      case Outcome.Dropped(var why) -> nothing(why);
      case Outcome.Accepted accepted -> {
        var making = new DecisionInMaking(this::find, spending, request, documents);
        take(making, accepted);
        if (accepted.facts().stream().anyMatch(it -> it.fact() instanceof TaskFact.Merged)) {
          for (Task waiting : speculative.waitingFor(accepted.task().id())) {
            take(making, TaskDecider.dependencyMet(waiting, accepted.task().id(), now, nextSeq));
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
    if (making.spending().equals(spending)) {
      return;
    }
    for (InstanceFact fact :
        NearedAllowances.of(
            policy.admission(), making.spending(), instance.instance(), now.wall())) {
      say(making, Actor.SALVOR, now, fact);
    }
  }

  private void say(DecisionInMaking making, Actor actor, Now now, InstanceFact fact) {
    say(making, actor, now.wall(), fact);
  }

  private void say(DecisionInMaking making, Actor actor, Instant at, InstanceFact fact) {
    instance = making.add(instance, new Statement.OfInstance(nextSeq, actor, at, fact));
    nextSeq++;
  }

  private void admit(DecisionInMaking making, Now now) {
    while (!speculative.nobodyQueued()) {
      Admission admission = admission(speculative, instance, making.spending());
      Optional<Task> next = speculative.nextQueued(admission, now.wall());
      if (next.isEmpty()) {
        return;
      }
      take(making, TaskDecider.claim(next.get(), now, nextSeq));
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
    nextSeq += accepted.facts().size();
    speculative.put(making.add(accepted.facts()));
    for (DecisionInMaking.Told told : making.news()) {
      learn(making, Lessons.ofProvider(policy.breaker(), instance.instance(), told), told);
      learn(making, Lessons.ofEnding(instance.instance(), told), told);
    }
  }

  private void learn(
      DecisionInMaking making, Optional<InstanceFact> lesson, DecisionInMaking.Told told) {
    lesson.ifPresent(it -> say(making, Actor.SALVOR, told.fact().at(), it));
  }

  private Decision finish(DecisionInMaking making) {
    Decision decision = making.decision();
    spending = making.spending();
    undurable.addLast(
        new Undurable(decision.lastSeq(), lastNumber, instance, spending, making.threads()));
    return decision;
  }

  private void remember(Optional<Request> request, Optional<TaskId> task, Decision decision) {
    request.ifPresent(
        it -> requests.remember(it, new Seen(it.payloadHash(), task, decision.lastSeq())));
  }

  private void keepClosed(OpenThread thread) {
    if (speculative.get(thread.task().id()) == null) { // not written on again meanwhile
      closed.keep(thread);
    }
  }

  private Answer nothing(String why) {
    return new Answer.Nothing(why, nextSeq - 1);
  }

  private Answer refused(Refusal.Code code, String detail, String hint) {
    return new Answer.Refused(new Refusal(code, detail, hint), nextSeq - 1);
  }

  /// A decision that is not known to be durable, with the threads as it leaves them.
  private record Undurable(
      long lastSeq,
      long number,
      InstanceThread instance,
      Spending spending,
      Map<TaskId, OpenThread> threads) {}
}
