package io.salvor.process;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentPrograms;
import io.salvor.domain.agent.Installation;
import io.salvor.domain.agent.Installation.Lack;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.ProcessesUnavailable;
import io.salvor.process.protocol.AgentProtocols;
import io.salvor.process.protocol.Distribution;
import io.salvor.process.protocol.GeminiPolicies;
import io.salvor.process.text.Excerpts;
import io.salvor.process.text.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds agents' programs as a launch would, and asks them how they are.
public final class LinuxAgentPrograms implements AgentPrograms {
  private static final Pattern VERSION = Pattern.compile("\\b\\d+\\.\\d+\\.\\d+[-+.\\w]*");
  private static final Path ANYWHERE = Path.of("/");

  /// Some take seconds to tell their version, on a busy host.
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final AgentSetting setting;
  private final Duration patience;

  /// @param home of the server
  /// @param environment what agents may see of the server's environment
  /// @param extras what is set for single agents, by their names
  public LinuxAgentPrograms(
      Path home, AgentEnvironment environment, Map<String, AgentExtras> extras) {
    this(home, environment, extras, PATIENCE);
  }

  /// @param patience how long one run of a program may take
  LinuxAgentPrograms(
      Path home, AgentEnvironment environment, Map<String, AgentExtras> extras, Duration patience) {
    this.patience = patience;
    this.setting = new AgentSetting(protocols(home), environment, extras);
  }

  private static AgentProtocols protocols(Path home) {
    try {
      Path run = home.toAbsolutePath().normalize().resolve("run");
      Files.createDirectories(run, FlightRecorder.OWNER_ONLY_FOLDER);
      return new AgentProtocols(
          new Excerpts(Redactor.of(Map.of())), false, GeminiPolicies.install(run));
    } catch (IOException e) {
      throw new ProcessesUnavailable(
          "what agents are started with cannot be written",
          "make room and permissions in the home",
          e);
    }
  }

  @Override
  public Optional<String> find(Agent agent) {
    return LaunchChecks.find(agent.command().getFirst(), ANYWHERE, setting.variables(agent))
        .map(Path::toString);
  }

  @Override
  public SortedMap<String, String> environment(LaunchOrder order) {
    return Launch.of(order, setting).environment();
  }

  @Override
  public Installation check(Agent agent) {
    Optional<Distribution> distribution = Distribution.of(agent.protocol());
    List<String> seen = distribution.map(Distribution::versionsSeen).orElse(List.of());
    Optional<String> program = find(agent);
    if (program.isEmpty()) {
      Lack missing =
          new Lack(
              "there is no program " + agent.command().getFirst(),
              distribution.map(Distribution::install).orElse(""));
      return new Installation(program, Optional.empty(), seen, List.of(missing));
    }
    if (distribution.isEmpty()) {
      return new Installation(program, Optional.empty(), seen, List.of());
    }
    Map<String, String> variables = setting.variables(agent);
    List<String> command = new ArrayList<>(agent.command());
    command.set(0, program.get()); // Java would look for it on the server's own PATH
    List<Lack> lacks = new ArrayList<>();
    Optional<String> version = version(command, variables, lacks);
    if (!Distribution.hasCredentials(agent.protocol(), variables)) {
      lacks.add(distribution.get().login());
    }
    if (version.isPresent() && !probed(command, distribution.get(), variables)) {
      lacks.add(distribution.get().probeFails());
    }
    return new Installation(program, version, seen, lacks);
  }

  private Optional<String> version(
      List<String> command, Map<String, String> variables, List<Lack> lacks) {
    ProgramRun run = run(command, List.of("--version"), variables);
    Matcher version = VERSION.matcher(run.output());
    if (run.succeeded() && version.find()) {
      return Optional.of(version.group());
    }
    lacks.add(
        new Lack(
            String.join(" ", command)
                + " --version does not tell a version: "
                + run.output().strip().lines().findFirst().orElse("no output"),
            ""));
    return Optional.empty();
  }

  private boolean probed(
      List<String> command, Distribution distribution, Map<String, String> variables) {
    return distribution.probe().isEmpty()
        || run(command, distribution.probe(), variables).succeeded();
  }

  private ProgramRun run(
      List<String> command, List<String> arguments, Map<String, String> variables) {
    List<String> words = new ArrayList<>(command);
    words.addAll(arguments);
    try {
      return ProgramRun.of(words, variables, patience);
    } catch (IOException e) {
      return new ProgramRun(false, String.valueOf(e.getMessage()));
    }
  }
}
