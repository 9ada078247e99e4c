package io.salvor.simulator;

import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Task;
import java.time.Duration;
import java.util.List;

/// All that is outside the server and outlives it.
final class World {
  static final String LINEAGE = "lineage";

  final Dice dice;
  final Tale tale;
  final SimClock clock = new SimClock();
  final SimDisk disk = new SimDisk();
  final SimProcesses processes = new SimProcesses();
  final Oracles oracles;
  Plot plot;
  MemoryBand memory = MemoryBand.HEALTHY;
  private final List<SimRepository> repositories =
      List.of(new SimRepository(), new SimRepository());

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
      tale.tell(
          first ? name(agent) + " starts" : "a second shim of " + name(agent) + " steps back");
    } else if (dice.perMille(plot.strayKill())) {
      boolean shimToo = dice.below(2) == 1;
      agent.strayKill(shimToo);
      tale.tell(name(agent) + " is killed by a stranger" + (shimToo ? ", and its shim" : ""));
    } else {
      act(agent);
    }
  }

  private void act(SimAgent agent) {
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

  void reboot() {
    clock.reboot(Duration.ofMinutes(2));
    processes.hostLost();
    tale.tell("the host is started anew");
  }

  /// Something else takes memory, or gives it back.
  void memoryChanges() {
    memory = dice.oneOf(List.of(MemoryBand.values()));
    tale.tell("the memory is " + memory);
  }

  void somethingHappensToARepository() {
    SimRepository repository = dice.oneOf(repositories);
    List<TaskId> tasks = oracles.tasksOf(repository);
    tale.tell(repository.happen(dice, tasks.isEmpty() ? null : dice.oneOf(tasks)));
  }

  static String name(SimAgent agent) {
    return "agent "
        + agent.attempt.task().value().getMostSignificantBits() % 1000
        + "/"
        + agent.attempt.number();
  }
}
