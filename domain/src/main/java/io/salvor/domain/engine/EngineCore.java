package io.salvor.domain.engine;

import io.salvor.domain.access.Actor;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog.Restored;
import io.salvor.domain.journal.RecordLog.Seen;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.ObservationDecider;
import io.salvor.domain.task.Outcome;
import io.salvor.domain.task.Refusal;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskDecider;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.time.Now;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
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
  /// Requests remembered in memory; older ones are found in the store.
  private static final int REMEMBERED_REQUESTS = 100_000;

  /// Closed threads kept after they were read or closed.
  private static final int CLOSED_KEPT = 1_000;

  private final EnginePolicy policy;
  private final ObservationDecider observations;
  private final OpenTasks durable = new OpenTasks();
  private final OpenTasks speculative = new OpenTasks();
  private final Deque<Undurable> undurable = new ArrayDeque<>();
  private final LinkedHashMap<RequestKey, Seen> requests = new LinkedHashMap<>();
  private final LinkedHashMap<TaskId, OpenThread> closed = new LinkedHashMap<>();
  private final TreeMap<TaskId, Long> effectsUnderWay = new TreeMap<>();
  private long durableSeq;
  private long durableNumber;
  private long nextSeq;
  private long lastNumber;
  private boolean admitting = true;

  public EngineCore(EnginePolicy policy, Restored restored) {
    this.policy = policy;
    this.observations = new ObservationDecider(policy.starts());
    restored.open().forEach(durable::put);
    restored.open().forEach(speculative::put);
    this.durableSeq = restored.lastSeq();
    this.durableNumber = restored.lastNumber();
    this.nextSeq = durableSeq + 1;
    this.lastNumber = durableNumber;
  }

  /// Decides about one input.
  public Answer offer(Input input) {
    return switch (input) {
      case Input.Ask ask -> ask(ask);
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
      case Input.Admit(var open) -> {
        admitting = open;
        yield nothing(open ? "attempts may begin" : "no attempt begins");
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
      touched.putAll(written.threads);
    }
    var effects = new ArrayList<Effect>();
    for (OpenThread thread : touched.values()) {
      durable.put(thread);
      begin(thread.task()).ifPresent(effects::add);
      if (thread.task().kind().isClosed() && thread.equals(speculative.get(thread.task().id()))) {
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
    speculative.replaceAll(durable.all());
    requests.values().removeIf(seen -> seen.seq() > durableSeq);
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
    if (ask.request().isPresent()) {
      Optional<Seen> seen =
          Optional.ofNullable(requests.get(RequestKey.of(ask.request().get()))).or(ask::seen);
      if (seen.isPresent()) {
        return repeated(ask.request().get(), seen.get());
      }
    }
    List<TaskId> missing = missing(ask);
    if (!missing.isEmpty()) {
      return new Answer.Missing(missing);
    }
    return ask.command() instanceof TaskCommand.Create create ? create(ask, create) : change(ask);
  }

  private Answer repeated(Request request, Seen seen) {
    return seen.payloadHash().equals(request.payloadHash())
        ? new Answer.Repeated(seen.task(), seen.seq())
        : refused(
            Refusal.Code.REQUEST_ID_REUSED,
            "request_id " + request.id() + " was used for another " + request.method(),
            "use a new request_id for a new request");
  }

  private List<TaskId> missing(Input.Ask ask) {
    var needed = new ArrayList<TaskId>();
    needed.add(ask.command().task());
    if (ask.command() instanceof TaskCommand.Create create) {
      needed.addAll(create.spec().dependsOn());
    }
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
    var unmerged = new ArrayList<TaskId>();
    for (TaskId dependency : create.spec().dependsOn()) {
      OpenThread thread = find(dependency);
      if (thread == null) {
        return refused(
            Refusal.Code.UNKNOWN_DEPENDENCY, "no task " + dependency, "salvor task list");
      }
      if (thread.task().kind() != TaskState.Kind.MERGED) {
        unmerged.add(dependency);
      }
    }
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
    return decided(
        TaskDecider.decide(task, ask.command(), ask.actor(), ask.now(), nextSeq),
        ask.now(),
        ask.request(),
        List.of());
  }

  private Answer tick(Now now) {
    var making = new DecisionInMaking(this::find, Optional.empty(), List.of());
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
        var making = new DecisionInMaking(this::find, request, documents);
        take(making, accepted);
        if (accepted.facts().getLast().fact() instanceof TaskFact.Merged) {
          for (Task waiting : speculative.waitingFor(accepted.task().id())) {
            take(making, TaskDecider.dependencyMet(waiting, accepted.task().id(), now, nextSeq));
          }
        }
        admit(making, now);
        Decision decision = finish(making);
        request.ifPresent(it ->
            remember(it, new Seen(it.payloadHash(), accepted.task().id(), decision.lastSeq())));
        OpenThread thread = find(accepted.task().id());
        yield new Answer.Decided(decision, Optional.ofNullable(thread).map(OpenThread::task));
      }
    };
  }

  private void admit(DecisionInMaking making, Now now) {
    while (admitting && speculative.slotsHeld() < policy.maxConcurrent()) {
      Optional<Task> next = speculative.nextQueued();
      if (next.isEmpty()) {
        return;
      }
      take(making, TaskDecider.claim(next.get(), now, nextSeq));
    }
  }

  private void take(DecisionInMaking making, Outcome.Accepted accepted) {
    nextSeq += accepted.facts().size();
    speculative.put(making.add(accepted.facts()));
  }

  private Decision finish(DecisionInMaking making) {
    Decision decision = making.decision();
    undurable.addLast(new Undurable(decision.lastSeq(), lastNumber, making.threads()));
    return decision;
  }

  private void remember(Request request, Seen seen) {
    requests.put(RequestKey.of(request), seen);
    if (requests.size() > REMEMBERED_REQUESTS) {
      requests.pollFirstEntry();
    }
  }

  private void keepClosed(OpenThread thread) {
    TaskId id = thread.task().id();
    OpenThread known = closed.get(id);
    boolean older = known != null && known.clock() > thread.clock();
    if (older || speculative.get(id) != null) {
      return; // read before it was written on again
    }
    closed.remove(id);
    closed.put(id, thread);
    if (closed.size() > CLOSED_KEPT) {
      closed.pollFirstEntry();
    }
  }

  private Answer nothing(String why) {
    return new Answer.Nothing(why, nextSeq - 1);
  }

  private Answer refused(Refusal.Code code, String detail, String hint) {
    return new Answer.Refused(new Refusal(code, detail, hint), nextSeq - 1);
  }

  /// What makes two calls the same.
  private record RequestKey(Actor actor, String method, String id) {
    static RequestKey of(Request request) {
      return new RequestKey(request.actor(), request.method(), request.id());
    }
  }

  /// A decision that is not known to be durable, with the threads as it leaves them.
  private record Undurable(long lastSeq, long number, Map<TaskId, OpenThread> threads) {}
}
