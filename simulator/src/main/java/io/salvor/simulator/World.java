package io.salvor.simulator;

import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// All that is outside the server and outlives it.
final class World {
  /// The states in which a person's hand in a task's repository hurts most, and all of them.
  private static final List<Set<Kind>> AWKWARD_MOMENTS =
      List.of(
          EnumSet.of(Kind.MERGING),
          EnumSet.of(Kind.REVIEW, Kind.APPROVED, Kind.MERGING),
          EnumSet.allOf(Kind.class));

  static final String LINEAGE = "lineage";

  final Dice dice;
  final Tale tale;
  final SimClock clock = new SimClock();
  final SimDisk disk = new SimDisk();
  final SimProcesses processes = new SimProcesses();
  final Oracles oracles;
  Plot plot;
  MemoryBand memory = MemoryBand.HEALTHY;
  boolean diskFull;
  private Provider provider = Provider.WELL;
  private final TreeSet<TaskId> gatesPassed = new TreeSet<>();
  private final List<SimRepository> repositories =
      List.of(new SimRepository(), new SimRepository());

  /// How the agents' provider is.
  private enum Provider {
    WELL,
    RATE_LIMITS,
    OVERLOADED,
    DOWN
  }

  World(Dice dice, Tale tale, Plot plot) {
    this.dice = dice;
    this.tale = tale;
    this.plot = plot;
    this.oracles = new Oracles(this);
  }

  SimRepository repository(Task task) {
    return repository(task.spec().project());
  }

  SimRepository repository(String project) {
    return repositories.get(project.endsWith("0") ? 0 : 1);
  }

  SimAgent agent(AttemptRef attempt, Task task) {
    return processes.of(attempt, task.spec().agent(), dice, plot.strangeAgent());
  }

  /// Lets time pass; agents that have had theirs are ended by their shims.
  void pass(Duration time) {
    clock.pass(time);
    for (SimAgent agent :
        processes.endPastDeadline(clock.now(), Operators.LIMITS.deadline().plusMinutes(2))) {
      fault(Fault.AGENT_PAST_ITS_DEADLINE);
      tale.tell("a shim ends " + name(agent) + " at its deadline");
    }
  }

  /// One agent or shim does the next thing.
  void actSomebody() {
    List<SimAgent> busy = processes.busy();
    if (busy.isEmpty()) {
      return;
    }
    SimAgent agent = dice.oneOf(busy);
    if (agent.shimsOnTheirWay > 0) {
      boolean first = processes.shimArrives(agent, clock.now());
      noteScript(agent, first);
      tale.tell(
          first ? name(agent) + " starts" : "a second shim of " + name(agent) + " steps back");
    } else if (!agent.alive()) {
      agent.childSpeaks();
      fault(Fault.CHILD_SPOKE_AFTER_THE_AGENT);
      tale.tell("a child of " + name(agent) + " says something");
    } else if (dice.perMille(plot.strayKill())) {
      boolean shimToo = dice.below(2) == 1;
      fault(shimToo ? Fault.AGENT_AND_SHIM_KILLED : Fault.AGENT_KILLED);
      agent.strayKill(shimToo);
      tale.tell(name(agent) + " is killed by a stranger" + (shimToo ? ", and its shim" : ""));
    } else {
      act(agent);
    }
  }

  private void noteScript(SimAgent agent, boolean first) {
    if (!first) {
      fault(Fault.SECOND_SHIM);
      return;
    }
    Script script = agent.script;
    if (script.leavesChild()) {
      fault(Fault.AGENT_OUTLIVED_BY_ITS_CHILD);
    }
    switch (script.leave()) {
      case NOT_AT_ALL -> fault(Fault.AGENT_HANGS);
      case OUT_OF_MEMORY -> fault(Fault.AGENT_OUT_OF_MEMORY);
      default -> {}
    }
    if (script.acts().contains(Script.Act.GARBLE)) {
      fault(Fault.AGENT_GARBLES);
    }
  }

  /// Something went wrong.
  void fault(Fault kind) {
    oracles.coverage().fault(kind);
  }

  /// A project's gates were run; whether they passed.
  void gatesRan(TaskId task, boolean passed) {
    if (passed) {
      gatesPassed.add(task);
    } else {
      gatesPassed.remove(task);
      fault(Fault.GATE_FAILED);
    }
  }

  /// Whether the last run of a task's gates passed.
  boolean gatesPassed(TaskId task) {
    return gatesPassed.contains(task);
  }

  /// The disk fills up, or somebody makes room.
  void diskFillsUp() {
    diskFull = !diskFull;
    if (diskFull) {
      fault(Fault.DISK_FULL);
    }
    tale.tell("the disk " + (diskFull ? "is full" : "has room again"));
  }

  /// The agents' provider limits, is overloaded, goes down or comes back.
  void providerChanges() {
    provider = provider == Provider.WELL ? dice.oneOf(List.of(Provider.values())) : Provider.WELL;
    tale.tell("the provider is " + provider);
  }

  /// Nothing goes wrong any more.
  void peace() {
    plot = plot.withoutFaults();
    memory = MemoryBand.HEALTHY;
    diskFull = false;
    provider = Provider.WELL;
    repositories.forEach(SimRepository::unlock);
  }

  private void act(SimAgent agent) {
    if (provider != Provider.WELL && dice.below(3) == 0) {
      askInVain(agent);
      return;
    }
    TaskId task = agent.attempt.task();
    var act = agent.act();
    tale.tell(name(agent) + " " + act.map(Enum::name).orElse("leaves: " + agent.script.leave()));
    if (act.isPresent()) {
      SimRepository repository = oracles.repositoryOf(task);
      switch (act.get()) {
        case COMMIT -> repository.commit(task);
        case LEAVE_FILES -> repository.leaveFiles(task);
        default -> {}
      }
    }
  }

  private void askInVain(SimAgent agent) {
    switch (provider) {
      case WELL -> throw new IllegalStateException("it answers");
      case RATE_LIMITS -> {
        fault(Fault.PROVIDER_RATE_LIMITS);
        agent.failsAtProvider(Verdict.PROVIDER_RATE_LIMITED);
      }
      case OVERLOADED -> {
        fault(Fault.PROVIDER_OVERLOADED);
        agent.waitsForProvider();
      }
      case DOWN -> {
        fault(Fault.PROVIDER_DOWN);
        agent.failsAtProvider(Verdict.PROVIDER_OUTAGE);
      }
    }
    tale.tell(name(agent) + " asks its provider in vain: " + provider);
  }

  /// A disk that lied loses the end of the log with the power; nobody can ask it for more than a
  /// whole beginning then.
  void diskLosesWhatItSynced() {
    if (plot.diskLies() && disk.forget(dice)) {
      fault(Fault.SYNC_WAS_A_LIE);
      tale.tell("the disk had lied: the log ends at " + disk.verifyChain());
      oracles.rewind(disk.decisions());
    }
  }

  void reboot() {
    clock.reboot(Duration.ofMinutes(2));
    processes.hostLost();
    tale.tell("the host is started anew");
  }

  /// Something else takes memory, or gives it back.
  void memoryChanges() {
    memory = dice.oneOf(List.of(MemoryBand.values()));
    if (memory == MemoryBand.CRITICAL) {
      fault(Fault.MEMORY_LOW);
    }
    tale.tell("the memory is " + memory);
  }

  void somethingHappensToARepository() {
    SimRepository repository = dice.oneOf(repositories);
    List<TaskId> all = oracles.tasksOf(repository);
    List<TaskId> some = oracles.standing(all, dice.oneOf(AWKWARD_MOMENTS));
    List<TaskId> tasks = some.isEmpty() ? all : some;
    tale.tell(repository.happen(dice, tasks.isEmpty() ? null : dice.oneOf(tasks), this::fault));
  }

  static String name(SimAgent agent) {
    return "agent "
        + agent.attempt.task().value().getMostSignificantBits() % 1000
        + "/"
        + agent.attempt.number();
  }
}
