package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.WatchOrder;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.process.lab.RealAgent;
import io.salvor.process.lab.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A linked worktree in which a real agent CLI runs against a scripted model.
final class LabBench {
  final Path worktree;
  final Path project;
  private final RealAgent cli;
  private final AgentProcesses processes;

  LabBench(Path directory, RealAgent cli, ScriptedModel model)
      throws IOException, InterruptedException {
    this.cli = cli;
    this.project = directory.resolve("project");
    this.worktree = directory.resolve("project-TASK-0042");
    if (!Files.exists(project)) {
      Files.createDirectory(project);
      git(project, "init", "-q", "-b", "main");
      git(project, "config", "user.email", "test@example.org");
      git(project, "config", "user.name", "test");
      git(project, "commit", "-q", "--allow-empty", "-m", "base");
      git(project, "worktree", "add", "-q", worktree.toString(), "-b", "task/TASK-0042");
    }
    Bench bench = new Bench(directory);
    bench.serverEnvironment.clear();
    bench.serverEnvironment.putAll(
        cli.environment(Files.createDirectories(directory.resolve("user")), model));
    this.processes = bench.processes();
  }

  /// The agent as it is usually called.
  Agent agent(PermissionProfile profile) {
    return agent(profile, List.of(cli.orSkip().toString()), cli.model());
  }

  Agent agent(PermissionProfile profile, List<String> command, Optional<String> model) {
    return new Agent(cli.name(), cli.protocol(), profile, command, model);
  }

  LaunchOrder order(Agent agent, Optional<String> session) {
    return new LaunchOrder(
        new AttemptRef(new TaskId(UUID.randomUUID()), 1, 7),
        new DisplayId(42),
        agent,
        worktree.toString(),
        project.toString(),
        "Do it.",
        session,
        Limits.DEFAULT);
  }

  /// Starts it and follows it until it leaves by itself.
  Run run(LaunchOrder order) throws InterruptedException {
    Spawn.Started started = start(order);
    Heard heard = new Heard(0);
    watch(order, started.process(), heard);
    return end(order, started, heard);
  }

  Run run(PermissionProfile profile) throws InterruptedException {
    return run(order(agent(profile), Optional.empty()));
  }

  Spawn.Started start(LaunchOrder order) {
    Spawn spawn = processes.spawn(order);
    assertThat(spawn).isInstanceOf(Spawn.Started.class);
    return (Spawn.Started) spawn;
  }

  void watch(LaunchOrder order, ProcessIdentity process, Heard heard) throws InterruptedException {
    processes.watch(new WatchOrder(order.attempt(), order.agent(), process, heard.until()), heard);
  }

  Run end(LaunchOrder order, Spawn.Started started, Heard heard) throws InterruptedException {
    return new Run(started, heard, Bench.ended(processes, order, heard));
  }

  /// One run, from its start to the proof of its end.
  record Run(Spawn.Started started, Heard heard, Evidence evidence) {
    <T extends AgentEvent> List<T> only(Class<T> kind) {
      Stream<T> all = heard.events().stream().filter(kind::isInstance).map(kind::cast);
      // one that only shows at the end is told at each end, and heard once
      return (kind == AgentEvent.Terminal.class ? all.distinct() : all).toList();
    }

    AgentEvent.Terminal lastWord() {
      return only(AgentEvent.Terminal.class).getLast();
    }

    Usage usage() {
      return only(AgentEvent.Used.class).getLast().total();
    }

    String session() {
      return only(AgentEvent.SessionStarted.class).getLast().sessionId();
    }
  }

  /// Runs git, and gives what it says.
  static String git(Path directory, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("git");
    builder.command().addAll(List.of(arguments));
    builder.directory(directory.toFile()).redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
