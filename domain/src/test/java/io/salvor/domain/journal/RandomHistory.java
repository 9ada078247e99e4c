package io.salvor.domain.journal;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.engine.Answer;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.EnginePolicy;
import io.salvor.domain.engine.Input;
import io.salvor.domain.engine.Once;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceCommand;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Filing;
import io.salvor.domain.task.Observation;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Priority;
import io.salvor.domain.task.Recovery;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.StartPolicy;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.PushOutcome;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceProblem;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// What the real engine core decides when people and agents do things at random. The same seed
/// gives the same history. Used by one thread.
public final class RandomHistory {
  private static final Actor AUTHOR = new Actor("user:author");
  private static final Actor REVIEWER = new Actor("user:reviewer");
  private static final String HEAD = "c".repeat(40);

  private final RandomGenerator random;
  private final EngineCore core;
  private final Map<TaskId, OpenThread> threads = new TreeMap<>();
  private final List<TaskId> ids = new ArrayList<>();
  private Now now =
      new Now(Instant.parse("2026-03-01T09:00:00.000001Z"), Duration.ofHours(1), "boot-1");
  private InstanceThread instance = InstanceThread.NEW;
  private int requests;

  /// A history that begins with an empty log.
  public RandomHistory(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    core =
        new EngineCore(
            new EnginePolicy(3, StartPolicy.DEFAULT),
            new RecordLog.Restored("lineage", 0, 0, InstanceThread.NEW, List.of(), Spending.NONE));
  }

  /// The next decision.
  public Decision next() {
    while (true) {
      now = now.plus(Duration.ofMillis(random.nextInt(20_000)));
      if (core.offer(something()) instanceof Answer.Decided decided) {
        Decision decision = decided.decision();
        decision.threads().forEach(it -> threads.put(it.task().id(), it));
        for (Entry entry : decision.entries()) {
          if (entry.statement() instanceof Statement.OfInstance statement) {
            instance = instance.after(statement);
          }
        }
        core.durableUpTo(decision.lastSeq());
        return decision;
      }
    }
  }

  /// The next decisions.
  public List<Decision> next(int count) {
    var decisions = new ArrayList<Decision>();
    for (int i = 0; i < count; i++) {
      decisions.add(next());
    }
    return decisions;
  }

  /// All threads as they are now, in the order of their ids.
  public List<OpenThread> threads() {
    return List.copyOf(threads.values());
  }

  private Input something() {
    int dice = random.nextInt(100);
    if (ids.isEmpty() || dice < 8) {
      return create();
    }
    if (dice < 12) {
      return new Input.Tick(now);
    }
    if (dice < 14) {
      return govern();
    }
    Task task = thread(ids.get(random.nextInt(ids.size()))).task();
    if (task.isSettled()) {
      Input.Ask ask =
          dice < 20 ? ask(AUTHOR, new TaskCommand.Reopen(task.id(), "once more")) : comment(task);
      return ask.knowing(List.of(thread(task.id())), List.of());
    }
    return dice < 20 ? interference(task) : nextStep(task);
  }

  private OpenThread thread(TaskId task) {
    return Optional.ofNullable(threads.get(task)).orElseThrow();
  }

  private Input create() {
    var id = new TaskId(new UUID(0x0190_0000_0000_7000L + ids.size(), random.nextLong()));
    var waitsFor =
        threads.values().stream()
            .map(OpenThread::task)
            .filter(it -> !it.kind().isClosed() && random.nextInt(8) == 0)
            .map(Task::id)
            .limit(2)
            .toList();
    var spec =
        new TaskSpec(
            "Task " + ids.size(),
            "a".repeat(60) + "%04x".formatted(ids.size()),
            "/work/project-" + random.nextInt(3),
            Optional.of("main"),
            Optional.empty(),
            new Agent(
                "agent-" + random.nextInt(3),
                Protocol.COMMAND,
                PermissionProfile.EDIT,
                List.of("sh", "-c", "true"),
                Optional.empty()),
            Limits.DEFAULT,
            waitsFor,
            TaskSpec.Preparation.NONE,
            random.nextInt(3) == 0 ? List.of("make check") : List.of(),
            new Filing(
                random.nextBoolean() ? Priority.HIGH : Priority.MEDIUM,
                List.of(),
                random.nextBoolean() ? Optional.of("code") : Optional.empty()),
            new Recovery(
                random.nextBoolean() ? Recovery.Mode.AUTO : Recovery.Mode.ADVISE,
                random.nextInt(3),
                random.nextInt(2),
                10));
    ids.add(id);
    return ask(AUTHOR, new TaskCommand.Create(id, spec, "Brief " + id, 0, random.nextBoolean()));
  }

  private Input.Ask ask(Actor actor, TaskCommand command) {
    requests++;
    return new Input.Ask(
        actor,
        now,
        command,
        once(actor, command.getClass().getSimpleName(), "request-" + requests, "hash"),
        OptionalLong.empty(),
        List.of(command.task()));
  }

  private Optional<Once> once(Actor actor, String method, String id, String payload) {
    var request = new Request(actor, method, id, payload);
    return Optional.of(new Once(request, core.durableSeq(), Optional.empty()));
  }

  private Input.Ask comment(Task task) {
    return ask(REVIEWER, new TaskCommand.Comment(task.id(), "comment " + requests));
  }

  private Input interference(Task task) {
    return switch (random.nextInt(9)) {
      case 8 -> edit(task, new Change.Labels(List.of("urgent", "l-" + random.nextInt(3))));
      case 6 -> edit(task, new Change.Title("Umbenannt " + random.nextInt(9)));
      case 7 -> edit(task, new Change.Model(Optional.of("model " + random.nextInt(9))));
      case 0 -> ask(AUTHOR, new TaskCommand.Cancel(task.id(), "not wanted"));
      case 1 -> ask(AUTHOR, new TaskCommand.Pause(task.id(), "later"));
      case 2 -> ask(AUTHOR, new TaskCommand.Skip(task.id(), "left out"));
      case 3 -> ask(AUTHOR, new TaskCommand.NoteWorkspaceRemoved(task.id()));
      default -> comment(task);
    };
  }

  private Input govern() {
    requests++;
    Freeze.Level level = random.nextInt(4) == 0 ? Freeze.Level.HARD : Freeze.Level.SOFT;
    return new Input.Govern(
        AUTHOR,
        now,
        core.instance().freeze().isEmpty()
            ? new InstanceCommand.Freeze(level, "höher")
            : new InstanceCommand.Unfreeze(""),
        once(AUTHOR, "Govern", "g-" + requests, "payload"));
  }

  /// The instance as it is now.
  public InstanceThread instance() {
    return instance;
  }

  private Input edit(Task task, Change change) {
    return ask(AUTHOR, new TaskCommand.Edit(task.id(), List.of(change), Optional.empty()));
  }

  private Input nextStep(Task task) {
    return switch (task.state()) {
      case TaskState.Ready _ ->
          ask(
              AUTHOR,
              new TaskCommand.Dispatch(
                  task.id(), StartMode.FRESH, Optional.of(new MicroUsd(9_000_000))));
      case TaskState.Claimed claimed when claimed.workspace().isEmpty() ->
          saw(task, prepared(task));
      case TaskState.Claimed _ -> saw(task, spawned(task));
      case TaskState.Running _ when random.nextInt(4) > 0 -> saw(task, output(task));
      case TaskState.Running _ -> saw(task, new Finding.Exited());
      case TaskState.Stopping _ -> saw(task, gone());
      case TaskState.Verifying _ ->
          saw(
              task,
              new Finding.GatesRan(
                  random.nextInt(3) == 0 ? Optional.of("make: 1 error") : Optional.empty()));
      case TaskState.Review _ when random.nextInt(4) == 0 ->
          ask(REVIEWER, new TaskCommand.Reject(task.id(), "no"));
      case TaskState.Review _ -> ask(REVIEWER, approval(task));
      case TaskState.Approved _ -> ask(REVIEWER, merging(task));
      case TaskState.Merging _ -> saw(task, new Finding.MergeTried(merge()));
      case TaskState.Blocked _ ->
          ask(
              AUTHOR,
              new TaskCommand.Answer(
                  task.id(), "der erste", Optional.of(new MicroUsd(99_000_000))));
      case TaskState.NeedsFix _, TaskState.Paused _ ->
          ask(AUTHOR, new TaskCommand.Resume(task.id(), Optional.of(new MicroUsd(99_000_000))));
      case TaskState.Merged _ -> saw(task, new Finding.PushTried(push()));
      case TaskState.Pending _,
          TaskState.Queued _,
          TaskState.Failed _,
          TaskState.Rejected _,
          TaskState.Cancelled _,
          TaskState.Skipped _ ->
          new Input.Tick(now);
    };
  }

  private Input saw(Task task, Finding finding) {
    return new Input.Saw(now, new Observation(task.id(), task.since(), finding));
  }

  private Finding prepared(Task task) {
    if (random.nextInt(6) == 0) {
      var kind =
          random.nextBoolean() ? WorkspaceProblem.Kind.LOCKED : WorkspaceProblem.Kind.NO_COMMITS;
      return new Finding.Prepared(
          new Preparation.Refused(new WorkspaceProblem(kind, "it would not", "try git")));
    }
    var workspace = new Workspace("/work/ü " + task.display(), task.branch(), "d".repeat(40));
    return new Finding.Prepared(new Preparation.Ready(workspace, random.nextBoolean()));
  }

  private Finding spawned(Task task) {
    if (random.nextInt(6) == 0) {
      return new Finding.SpawnTried(
          new Spawn.Refused(new Spawn.Problem(Spawn.Kind.DISK_FULL, "no space left", "make some")));
    }
    return new Finding.SpawnTried(
        new Spawn.Started(
            new ProcessIdentity(4711, random.nextLong(1_000_000), "boot-1", "marker-" + task.id()),
            new Spawn.LaunchNote(List.of("sh"), List.of("PATH"), List.of("SECRET"), "")));
  }

  private Finding output(Task task) {
    long from = task.progress().offset();
    var events = new ArrayList<AgentEvent>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      events.add(event(new ByteRange(from + 10L * events.size(), 10)));
    }
    return new Finding.Output(new OutputBatch(from, from + 10L * events.size(), events));
  }

  private AgentEvent event(ByteRange at) {
    return switch (random.nextInt(12)) {
      case 0 -> new AgentEvent.SessionStarted(at, "session", Optional.of("model"));
      case 1 -> new AgentEvent.ToolReturned(at, "call", true, "e".repeat(64), "fine");
      case 2 -> new AgentEvent.Used(at, usage());
      case 3 -> new AgentEvent.Asked(at, "which one?");
      case 4 ->
          new AgentEvent.Terminal(at, AgentEvent.Verdict.SUCCESS, "done", List.of("WebFetch"));
      case 5, 6 -> new AgentEvent.ToolCalled(at, "call", "Bash", "make");
      default -> new AgentEvent.Said(at, "text at " + at.offset());
    };
  }

  private Usage usage() {
    return new Usage(
        random.nextInt(10_000),
        random.nextInt(1_000),
        0,
        0,
        random.nextInt(20),
        Optional.of(new MicroUsd(random.nextInt(900_000))),
        Usage.CostSource.ACCUMULATED);
  }

  private Finding gone() {
    var exit = random.nextInt(4) == 0 ? new Exit.Unknown() : new Exit.Status(0, true);
    return new Finding.Gone(
        new Evidence(exit, false, true, 1_000_000, false, ShimStop.NONE, random.nextInt(2)),
        new WorkspaceSummary(true, Optional.of(HEAD), 1, random.nextInt(2), Optional.empty())
            .standing(random.nextInt(8) == 0 ? Optional.of("refs/heads/own") : Optional.empty()));
  }

  private TaskCommand approval(Task task) {
    var workspace = new WorkspaceSummary(true, Optional.of(HEAD), 1, 0, Optional.empty());
    return new TaskCommand.Approve(
        task.id(),
        Optional.empty(),
        workspace,
        new TaskCommand.Words("fine", maybe("docs")),
        random.nextBoolean() ? Optional.of(merging(task)) : Optional.empty());
  }

  private TaskCommand.Merge merging(Task task) {
    return new TaskCommand.Merge(task.id(), maybe("origin"));
  }

  private Optional<String> maybe(String text) {
    return random.nextBoolean() ? Optional.of(text) : Optional.empty();
  }

  private PushOutcome push() {
    return random.nextBoolean() ? new PushOutcome.Pushed() : new PushOutcome.Refused("closed");
  }

  private MergeOutcome merge() {
    return switch (random.nextInt(5)) {
      case 0 -> new MergeOutcome.Conflict(List.of("a.txt", "b c.txt"));
      case 1 -> new MergeOutcome.Diverged("f".repeat(40));
      default -> new MergeOutcome.Merged("9".repeat(40));
    };
  }
}
