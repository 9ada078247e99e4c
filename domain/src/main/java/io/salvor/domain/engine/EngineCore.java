package io.salvor.domain.engine;

import io.salvor.domain.admission.Admission;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Freeze.Level;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.instance.InstanceDecider;
import io.salvor.domain.instance.InstanceDecider.Ruling;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog.Restored;
import io.salvor.domain.journal.RecordLog.Seen;
import io.salvor.domain.journal.Request;
import io.salvor.domain.recovery.Matrix;
import io.salvor.domain.task.Adviser;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.ObservationDecider;
import io.salvor.domain.task.Outcome;
import io.salvor.domain.task.Refusal;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskDecider;
import io.salvor.domain.time.Now;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The engine without threads and without I/O: inputs in, decisions out, effects once the decisions
/// are durable.
///
/// It holds two states, each of open tasks and of a [Standing] for all else. Decisions are made on
/// the one that runs [Ahead] while earlier ones are being written; effects follow from the durable
/// one. [#forgetUndurable] throws the difference away. Used by one thread.
public final class EngineCore {
  /// More requests than can be decided between the store's answer and the decision it was asked
  /// for; some 400 bytes each.
  private static final int REMEMBERED = 10_000;

  private final Adviser adviser = new Matrix();
  private final ObservationDecider observations;
  private final OpenTasks durableTasks = new OpenTasks();
  private final Ahead ahead;
  private final Requests requests;
  private final Dependencies dependencies;
  private final EffectsUnderWay effects = new EffectsUnderWay();
  private Standing durable;
  private Conditions conditions;

  public EngineCore(EnginePolicy policy, Restored restored) {
    this(policy, restored, REMEMBERED);
  }

  /// @param remembered how many requests are remembered that were carried out
  public EngineCore(EnginePolicy policy, Restored restored, int remembered) {
    this.observations = new ObservationDecider(policy.starts(), adviser);
    this.requests = new Requests(remembered);
    this.conditions = Conditions.of(policy);
    this.durable = Standing.of(restored);
    restored.open().forEach(durableTasks::put);
    this.ahead = new Ahead(restored.open(), durable);
    this.dependencies = new Dependencies(ahead::find);
  }

  /// Decides about one input.
  public Answer offer(Input input) {
    return switch (input) {
      case Input.Ask ask -> ask(ask);
      case Input.Govern govern -> govern(govern);
      case Input.Saw saw -> saw(saw);
      case Input.Tick(var now) -> tick(now);
      case Input.Admit(var because) -> {
        conditions = conditions.withShut(because);
        yield nothing(because.isEmpty() ? "attempts may begin" : "no attempt begins");
      }
      case Input.Memory(var now, var band) -> {
        conditions = conditions.withMemory(band);
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
    for (var written = ahead.nextUpTo(seq); written != null; written = ahead.nextUpTo(seq)) {
      durable = written.after();
      touched.putAll(written.threads());
    }
    var wanted = new ArrayList<Effect>();
    var noLonger = new ArrayList<TaskId>();
    for (OpenThread thread : touched.values()) {
      durableTasks.put(thread);
      effects.begin(thread.task()).ifPresent(wanted::add);
      if (effects.drop(thread.task())) {
        noLonger.add(thread.task().id());
      }
      if (thread.task().isSettled() && thread.equals(ahead.tasks().get(thread.task().id()))) {
        durableTasks.remove(thread.task().id());
        ahead.tasks().remove(thread.task().id());
        ahead.keepClosed(List.of(thread));
      }
    }
    return new Wanted(wanted, noLonger);
  }

  /// Takes back every decision that is not durable: the log refused them.
  public void forgetUndurable() {
    ahead.returnTo(durableTasks, durable);
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
    return conditions.admission(durableTasks, instance(), durable.spending());
  }

  /// Seq of the last durable record.
  public long durableSeq() {
    return durable.lastSeq();
  }

  private Answer ask(Input.Ask ask) {
    Optional<Answer> before = ask.once().flatMap(it -> requests.before(it, lastSeq()));
    if (before.isPresent()) {
      return before.get();
    }
    ahead.keepClosed(ask.closed());
    List<TaskId> needed = needed(ask);
    if (needed.stream().anyMatch(id -> ahead.find(id) == null)) {
      return new Answer.Missing(needed);
    }
    return ask.command() instanceof TaskCommand.Create create ? create(ask, create) : change(ask);
  }

  /// The closed threads that are decided on.
  private List<TaskId> needed(Input.Ask ask) {
    var needed = new TreeSet<TaskId>(Dependencies.namedBy(ask.command()));
    needed.add(ask.command().task());
    needed.removeAll(new TreeSet<>(ask.absent()));
    needed.removeIf(ahead::isOpen);
    return List.copyOf(needed);
  }

  private Answer create(Input.Ask ask, TaskCommand.Create create) {
    if (ahead.find(create.task()) != null) {
      return refused(Refusal.Code.TASK_EXISTS, "there is already a task " + create.task(), "");
    }
    List<TaskId> dependsOn = create.spec().dependsOn();
    Optional<Refusal> problem = dependencies.problem(create.task(), dependsOn);
    if (problem.isPresent()) {
      return new Answer.Refused(problem.get(), lastSeq());
    }
    List<TaskId> unmerged = dependencies.unmerged(dependsOn);
    Standing standing = ahead.standing();
    long number = Math.max(standing.lastNumber(), create.highestNumberSeen()) + 1;
    Outcome outcome =
        TaskDecider.create(create, ask.actor(), ask.now(), standing.nextSeq(), number, unmerged);
    if (ask.rehearsal()) {
      return rehearsed(outcome);
    }
    ahead.stand(standing.withNumber(number));
    return decided(
        outcome,
        ask.now(),
        ask.request(),
        List.of(new Decision.Document(create.spec().briefHash(), create.brief())));
  }

  private Answer change(Input.Ask ask) {
    OpenThread thread = ahead.find(ask.command().task());
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
      return new Answer.Refused(problem.get(), lastSeq());
    }
    List<TaskId> unmerged = dependencies.unmerged(dependsOn);
    Outcome outcome =
        TaskDecider.decide(
            task, ask.command(), ask.actor(), ask.now(), nextSeq(), unmerged, adviser);
    return ask.rehearsal()
        ? rehearsed(outcome)
        : decided(outcome, ask.now(), ask.request(), documents(ask.command()));
  }

  private Answer rehearsed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(var refusal) -> new Answer.Refused(refusal, lastSeq());
      case Outcome.Dropped(var why) -> nothing(why);
      case Outcome.Accepted _ -> nothing("it would be carried out");
    };
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
    Optional<Answer> before = govern.once().flatMap(it -> requests.before(it, lastSeq()));
    if (before.isPresent()) {
      return before.get();
    }
    return switch (InstanceDecider.decide(
        ahead.standing().instance().instance(), govern.command())) {
      case Ruling.Refused(var refusal) -> new Answer.Refused(refusal, lastSeq());
      case Ruling.Accepted(var fact) -> governed(govern, fact);
    };
  }

  private Answer governed(Input.Govern govern, InstanceFact fact) {
    Now now = govern.now();
    var following = new Consequences(ahead, conditions, govern.request(), List.of());
    following.say(govern.actor(), now.wall(), fact);
    if (fact instanceof InstanceFact.Frozen(var level, var reason) && level == Level.HARD) {
      for (Task task : ahead.tasks().holdingSlots()) {
        TaskDecider.freeze(task, reason, govern.actor(), now, nextSeq()).ifPresent(following::take);
      }
    }
    following.admit(now);
    return decided(following, govern.request(), Optional.empty());
  }

  private Answer saw(Input.Saw saw) {
    OpenThread thread = ahead.tasks().get(saw.observation().task());
    return thread == null
        ? nothing("the task is closed")
        : decided(
            observations.decide(thread.task(), saw.observation(), saw.now(), nextSeq()),
            saw.now(),
            Optional.empty(),
            List.of());
  }

  private Answer tick(Now now) {
    OpenTasks tasks = ahead.tasks();
    var following = new Consequences(ahead, conditions, Optional.empty(), List.of());
    for (Optional<Task> due = tasks.nextToWake(now.wall());
        due.isPresent();
        due = tasks.nextToWake(now.wall())) {
      following.take(TaskDecider.wake(due.get(), now, nextSeq()));
    }
    following.admit(now);
    return following.areNone()
        ? nothing("nothing is due")
        : decided(following, Optional.empty(), Optional.empty());
  }

  private Answer decided(
      Outcome outcome, Now now, Optional<Request> request, List<Decision.Document> documents) {
    return switch (outcome) {
      case Outcome.Refused(var refusal) -> new Answer.Refused(refusal, lastSeq());
      case Outcome.Dropped(var why) -> nothing(why);
      case Outcome.Accepted accepted -> {
        var following = new Consequences(ahead, conditions, request, documents);
        following.take(accepted);
        following.tellThoseWhoWait(accepted, now);
        following.tellOfAllowances(now);
        following.admit(now);
        yield decided(following, request, Optional.of(accepted.task().id()));
      }
    };
  }

  /// @param about the task that the input was about
  private Answer decided(
      Consequences following, Optional<Request> request, Optional<TaskId> about) {
    Decision decision = following.decision();
    request.ifPresent(
        it -> requests.remember(it, new Seen(it.payloadHash(), about, decision.lastSeq())));
    return new Answer.Decided(decision, about.map(ahead::find).map(OpenThread::task));
  }

  private long lastSeq() {
    return ahead.standing().lastSeq();
  }

  private long nextSeq() {
    return ahead.standing().nextSeq();
  }

  private Answer nothing(String why) {
    return new Answer.Nothing(why, lastSeq());
  }

  private Answer refused(Refusal.Code code, String detail, String hint) {
    return new Answer.Refused(new Refusal(code, detail, hint), lastSeq());
  }
}
