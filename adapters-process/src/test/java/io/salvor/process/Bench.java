package io.salvor.process;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.WatchOrder;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.time.Now;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// A home and a workspace, and orders to start shell scripts as agents in it.
final class Bench {
  final Path home;
  final Path workspace;
  final Map<String, String> serverEnvironment = new TreeMap<>(System.getenv());
  private final Launcher launcher;
  private final List<LaunchOrder> orders = new ArrayList<>();

  Bench(Path directory) throws IOException {
    this(directory, Launcher.DETACHED);
  }

  /// @param launcher how all agents are started, unless an order says otherwise
  Bench(Path directory, Launcher launcher) throws IOException {
    this.launcher = launcher;
    this.home = directory.resolve("home");
    this.workspace = Files.createDirectories(directory.resolve("work space ü"));
  }

  /// A server's port; each call stands for a server started anew.
  AgentProcesses processes() {
    return processes(LinuxAgentProcesses.LONGEST_LINE);
  }

  AgentProcesses processes(int longestLine) {
    return new LinuxAgentProcesses(
        home,
        new AgentEnvironment(serverEnvironment, List.of()),
        Map.of(),
        Bench::now,
        longestLine);
  }

  static Now now() {
    return new Now(Instant.EPOCH, Duration.ofNanos(System.nanoTime()), "boot");
  }

  static Agent agent(String... command) {
    return new Agent(
        "script", Protocol.COMMAND, PermissionProfile.EDIT, List.of(command), Optional.empty());
  }

  static Agent script(String script) {
    return agent("sh", "-c", script);
  }

  LaunchOrder order(String script) {
    return order(script(script));
  }

  LaunchOrder order(Agent agent) {
    return order(agent, Limits.DEFAULT);
  }

  LaunchOrder order(Agent agent, Limits limits) {
    LaunchOrder order = unkept(agent, limits);
    orders.add(order);
    return order;
  }

  /// An order for the task's next attempt.
  LaunchOrder nextOf(LaunchOrder before, Agent agent) {
    AttemptRef last = before.attempt();
    LaunchOrder order =
        new LaunchOrder(
            new AttemptRef(last.task(), last.number() + 1, last.epoch() + 1),
            before.display(),
            agent.withLauncher(launcher),
            before.workspace(),
            before.projectRoot(),
            before.prompt(),
            Optional.empty(),
            before.limits());
    orders.add(order);
    return order;
  }

  /// An order that the caller sees to the end of.
  LaunchOrder unkept(Agent agent) {
    return unkept(agent, Limits.DEFAULT);
  }

  private LaunchOrder unkept(Agent agent, Limits limits) {
    return new LaunchOrder(
        new AttemptRef(new TaskId(UUID.randomUUID()), 1, 7),
        new DisplayId(42),
        agent.withLauncher(launcher),
        workspace.toString(),
        workspace.toString(),
        "the prompt ü",
        Optional.empty(),
        limits);
  }

  /// Ends all that was ordered.
  void endAll() throws InterruptedException {
    for (LaunchOrder order : orders) {
      processes()
          .end(order.attempt(), order.agent(), order.workspace(), 0, new Heard(0).wanting(1));
    }
  }

  FlightRecorder recorder(LaunchOrder order) {
    return FlightRecorder.of(home, order.attempt());
  }

  static ProcessIdentity started(AgentProcesses processes, LaunchOrder order) {
    return switch (processes.spawn(order)) {
      case Spawn.Started started -> started.process();
      case Spawn.Refused(var problem) -> throw new AssertionError(problem.toString());
    };
  }

  static Heard watched(AgentProcesses processes, LaunchOrder order, ProcessIdentity process)
      throws InterruptedException {
    Heard heard = new Heard(0);
    processes.watch(new WatchOrder(order.attempt(), order.agent(), process, 0), heard);
    return heard;
  }

  static Evidence ended(AgentProcesses processes, LaunchOrder order, Heard heard)
      throws InterruptedException {
    return processes.end(order.attempt(), order.agent(), order.workspace(), heard.until(), heard);
  }
}
