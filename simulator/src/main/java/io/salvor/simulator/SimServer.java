package io.salvor.simulator;

import io.salvor.domain.engine.Answer;
import io.salvor.domain.engine.Effect;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.EnginePolicy;
import io.salvor.domain.engine.Input;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.provider.Breaker;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.task.TaskState.Claimed;
import io.salvor.domain.task.TaskState.Merged;
import io.salvor.domain.task.TaskState.Merging;
import io.salvor.domain.task.TaskState.Running;
import io.salvor.domain.task.TaskState.Stopping;
import io.salvor.domain.task.TaskState.Verifying;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A running server: the real engine core, and its loop in steps of which any may be the last one.
final class SimServer {
  /// Opens early, so that stories see it often.
  static final Breaker BREAKER =
      new Breaker(2, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofMinutes(4));

  private final World world;
  private final EngineCore core;
  private final Deque<Message> inbox = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Deque<Load> loads = new ArrayDeque<>();
  private final TreeMap<TaskId, Lane> lanes = new TreeMap<>();
  private List<Decision> unwritten = new ArrayList<>();
  private List<Decision> writing = List.of();
  private boolean landed;
  private MemoryBand memory = MemoryBand.HEALTHY;
  private MemoryBand memoryKnown = MemoryBand.HEALTHY;

  /// Somebody who is answered when `seq` is durable.
  private record Waiting(long seq, Reply reply, Runnable answer) {}

  /// A call that waits for closed threads.
  private static final class Load {
    private final Input.Ask ask;
    private final List<TaskId> tasks;
    private final Reply reply;
    private final List<OpenThread> found = new ArrayList<>();
    private final List<TaskId> absent;
    private boolean read;

    Load(Input.Ask ask, List<TaskId> tasks, Reply reply) {
      this.ask = ask;
      this.tasks = tasks;
      this.reply = reply;
      this.absent = new ArrayList<>(ask.absent());
    }
  }

  /// What is being done for one task, and what is to be done after it.
  private static final class Lane {
    private SimEffect now;
    private Optional<SimEffect> next = Optional.empty();

    Lane(SimEffect now) {
      this.now = now;
    }
  }

  /// Starts on what is on the disk.
  SimServer(World world) {
    this.world = world;
    var restored = world.disk.restore();
    world.oracles.restored(restored);
    var policy =
        new EnginePolicy(
            world.plot.quotas().policy(world.plot.slots()), EnginePolicy.DEFAULT.starts(), BREAKER);
    core = new EngineCore(policy, restored, world.plot.remembered());
    core.reconcile().forEach(effect -> start(effect, true));
  }

  void put(Message message) {
    inbox.addLast(message);
  }

  boolean hasInput() {
    return !inbox.isEmpty();
  }

  /// Decides about the next input.
  void decideNext() {
    Message message = inbox.removeFirst();
    world.oracles.offered(message.input());
    if (message.input() instanceof Input.Memory(_, var band)) {
      memoryKnown = band;
    }
    switch (core.offer(message.input())) {
      case Answer.Decided(var decision, _) -> {
        unwritten.add(decision);
        if (memoryKnown == MemoryBand.CRITICAL) {
          world.oracles.oneAtATime(decision, Stream.concat(writing.stream(), unwritten.stream()));
        }
        Reply reply = message.reply();
        waiting.addLast(
            new Waiting(
                decision.lastSeq(),
                reply,
                () -> reply.give(Reply.Outcome.DONE, decision.lastSeq())));
      }
      case Answer.Repeated(_, var seq) ->
          answer(seq, message, () -> message.reply().give(Reply.Outcome.DONE_BEFORE, seq));
      case Answer.Refused(var refusal, var asOf) ->
          answer(asOf, message, () -> message.reply().refuse(refusal.code(), asOf));
      case Answer.Nothing(_, var asOf) ->
          answer(asOf, message, () -> message.reply().give(Reply.Outcome.NOTHING, asOf));
      case Answer.Outdated _ -> {
        world.fault(Fault.ASKED_WHILE_MUCH_WAS_DECIDED);
        message.reply().give(Reply.Outcome.NO_ANSWER, 0);
      }
      case Answer.Missing(var tasks) ->
          loads.addLast(new Load((Input.Ask) message.input(), tasks, message.reply()));
    }
  }

  private void answer(long asOf, Message message, Runnable answer) {
    if (asOf <= core.durableSeq()) {
      answer.run();
    } else {
      waiting.addLast(new Waiting(asOf, message.reply(), answer));
    }
  }

  boolean canBeginWrite() {
    return writing.isEmpty() && !unwritten.isEmpty();
  }

  void beginWrite() {
    writing = unwritten;
    unwritten = new ArrayList<>();
  }

  boolean isWriting() {
    return !writing.isEmpty();
  }

  /// The disk takes the batch or refuses it, or, if it took it, the server hears of it.
  void goOnWriting() {
    if (landed) {
      hearThatItLanded();
    } else if (world.diskFull || world.dice.perMille(world.plot.commitFails())) {
      world.fault(Fault.WRITE_REFUSED);
      world.tale.tell("the disk refuses to " + writing.getLast().lastSeq());
      forget();
    } else {
      land();
    }
  }

  private void land() {
    world.disk.write(writing);
    landed = true;
    world.tale.tell("durable up to " + writing.getLast().lastSeq());
    world.oracles.written(writing);
  }

  private void hearThatItLanded() {
    long seq = writing.getLast().lastSeq();
    landed = false;
    writing = List.of();
    var wanted = core.durableUpTo(seq);
    while (!waiting.isEmpty() && waiting.getFirst().seq() <= seq) {
      waiting.removeFirst().answer().run();
    }
    world.oracles.heardDurable(core);
    wanted.noLonger().forEach(this::cutShort);
    wanted.now().forEach(effect -> start(effect, false));
  }

  private void forget() {
    core.forgetUndurable();
    unwritten = new ArrayList<>();
    writing = List.of();
    waiting.forEach(it -> it.reply().give(Reply.Outcome.NO_ANSWER, 0));
    waiting.clear();
  }

  boolean isLoading() {
    return !loads.isEmpty();
  }

  /// Reads closed threads, and in another step comes back with them.
  void goOnLoading() {
    Load load = loads.removeFirst();
    if (!load.read) {
      for (TaskId task : load.tasks) {
        world.disk.load(task).ifPresentOrElse(load.found::add, () -> load.absent.add(task));
      }
      load.read = true;
      loads.addLast(load);
      return;
    }
    put(new Message(load.ask.knowing(load.found, load.absent), load.reply));
  }

  /// Time passed: parked tasks wake, limits are minded, lost effects are begun again.
  void tick() {
    if (memory != world.memory) {
      memory = world.memory;
      put(new Message(new Input.Memory(world.clock.now(), memory), new Reply()));
    }
    put(new Message(new Input.Tick(world.clock.now()), new Reply()));
    for (SimEffect effect : effects()) {
      if (effect instanceof SimWatching watching && !watching.isOver()) {
        watching.mindLimits();
      }
    }
    core.reconcile().forEach(effect -> start(effect, false));
  }

  /// Effects that could go on now.
  List<SimEffect> runnable() {
    return effects().stream().filter(SimEffect::canStep).toList();
  }

  private List<SimEffect> effects() {
    return lanes.values().stream().map(lane -> lane.now).toList();
  }

  void step(SimEffect effect) {
    effect.step();
    TaskId id = effect.task.id();
    Lane lane = lanes.get(id);
    if (!effect.isOver() || lane == null) {
      return;
    }
    if (lane.next.isPresent()) {
      lane.now = lane.next.get();
      lane.next = Optional.empty();
    } else {
      lanes.remove(id);
    }
  }

  /// Begins an effect after what is being done for the same task, which is cut short where it may
  /// be.
  private void start(Effect effect, boolean afterStart) {
    Optional<SimEffect> made = make(effect, afterStart);
    if (made.isEmpty()) {
      return;
    }
    Lane lane = lanes.get(effect.task().id());
    if (lane == null) {
      lanes.put(effect.task().id(), new Lane(made.get()));
    } else if (mayBeCutShort(lane.now)) {
      lane.now = made.get();
    } else {
      lane.next = made;
    }
  }

  /// Ends what is being done for a task that wants nothing any more, where it may be cut short.
  private void cutShort(TaskId task) {
    Lane lane = lanes.get(task);
    if (lane != null && lane.next.isPresent()) {
      lane.next = lane.next.filter(next -> !mayBeCutShort(next));
    } else if (lane != null && mayBeCutShort(lane.now)) {
      lanes.remove(task);
    }
  }

  private static boolean mayBeCutShort(SimEffect effect) {
    return switch (effect.effect.kind()) {
      case WATCH, VERIFY, PREPARE -> true;
      case RESET, SPAWN, END, MERGE, PUSH -> false;
    };
  }

  private Optional<SimEffect> make(Effect effect, boolean afterStart) {
    return Optional.ofNullable(
        switch (effect.task().state()) {
          case Claimed claimed when claimed.workspace().isEmpty() ->
              new SimPreparing(world, this::put, effect, claimed);
          case TaskState.Ready ready when ready.resetting() ->
              new SimResetting(world, this::put, effect, ready.reset().orElseThrow());
          case Claimed claimed -> new SimSpawning(world, this::put, effect, claimed);
          case Running running -> new SimWatching(world, this::put, effect, running, afterStart);
          case Stopping stopping -> new SimEnding(world, this::put, effect, stopping);
          case Verifying _ -> new SimVerifying(world, this::put, effect);
          case Merging merging -> new SimMerging(world, this::put, effect, merging);
          case Merged merged when !effect.task().isSettled() ->
              new SimPushing(world, this::put, effect, merged);
          default -> null;
        });
  }

  /// The server goes down. What was being written may have reached the disk or not.
  void crash() {
    world.fault(Fault.SERVER_KILLED);
    if (world.processes.all().stream().anyMatch(it -> it.shimsOnTheirWay > 0)) {
      world.fault(Fault.KILLED_WHILE_A_SHIM_WAS_ON_ITS_WAY);
    }
    world.tale.tell("the server goes down");
    if (!writing.isEmpty() && !landed) {
      breakOffWriting();
    }
    waiting.forEach(it -> it.reply().give(Reply.Outcome.NO_ANSWER, 0));
    inbox.forEach(it -> it.reply().give(Reply.Outcome.NO_ANSWER, 0));
    loads.forEach(it -> it.reply.give(Reply.Outcome.NO_ANSWER, 0));
  }

  /// Nothing, all, or some bytes of what was being written reach the disk.
  private void breakOffWriting() {
    switch (world.dice.below(3)) {
      case 0 -> world.fault(Fault.KILLED_WHILE_WRITING_AND_LOST);
      case 1 -> {
        world.fault(Fault.KILLED_WHILE_WRITING_AND_KEPT);
        land();
      }
      default -> {
        world.fault(Fault.WRITE_TORN);
        List<Decision> whole = world.disk.tear(writing, world.dice);
        world.tale.tell(
            "of %d decisions being written %d are whole".formatted(writing.size(), whole.size()));
        world.oracles.written(whole);
      }
    }
  }

  /// Whether nothing is left to do but to wait.
  boolean isQuiet() {
    return inbox.isEmpty()
        && unwritten.isEmpty()
        && writing.isEmpty()
        && loads.isEmpty()
        && runnable().isEmpty();
  }
}
