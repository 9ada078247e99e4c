package io.salvor.server.config;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The agents that are known by name: one for each protocol, and those of the configuration.
/// Immutable.
public final class AgentBook {
  /// Stands for whatever program a task brings along.
  private static final String AD_HOC = name(Protocol.COMMAND);

  /// OpenCode says nothing before its model has answered, however often it has to ask.
  private static final LimitSettings SPEAKS_LATE =
      LimitSettings.ofFirstEvent(Duration.ofMinutes(10));

  /// Nothing but what is built in.
  public static final AgentBook BUILT_IN = new AgentBook(Map.of(), Optional.empty());

  private final Map<String, Recipe> recipes = new LinkedHashMap<>();
  private final Optional<String> chosen;

  /// @param settings by the agent's name
  /// @param chosen the one to be taken where none is named
  AgentBook(Map<String, AgentSettings> settings, Optional<String> chosen) {
    this.chosen = chosen;
    for (Protocol protocol : Protocol.values()) {
      recipes.put(name(protocol), builtIn(protocol));
    }
    settings.forEach((name, own) -> recipes.put(name, configured(name, own)));
    if (chosen.isPresent() && !recipes.containsKey(chosen.get())) {
      throw new IllegalArgumentException(
          "agent = \"" + chosen.get() + "\" is not known; there are " + String.join(", ", names()));
    }
  }

  /// How an agent is made, where a task does not say otherwise.
  ///
  /// @param command empty where the task must bring it
  /// @param configured whether it has a table in the configuration
  public record Recipe(
      String name,
      Protocol protocol,
      PermissionProfile profile,
      List<String> command,
      Optional<String> model,
      Optional<String> fallbackModel,
      Launcher launcher,
      LimitSettings limitSettings,
      boolean configured) {

    /// Its limits, over those that are usual.
    public Limits limits(Limits usual) {
      return limitSettings.over(usual);
    }

    /// The agent, if it has a program by itself.
    public Optional<Agent> agent() {
      return command.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Agent(name, protocol, profile, command, model, fallbackModel, launcher));
    }
  }

  /// All of them: those that are built in first.
  public List<Recipe> recipes() {
    return List.copyOf(recipes.values());
  }

  /// The one of this name.
  public Optional<Recipe> recipe(String name) {
    return Optional.ofNullable(recipes.get(name));
  }

  /// The one that stands for whatever program a task brings along.
  public Recipe adHoc() {
    return recipe(AD_HOC).orElseThrow();
  }

  /// The one to be taken where none is named.
  public Optional<String> chosen() {
    return chosen;
  }

  /// All names.
  public List<String> names() {
    return List.copyOf(recipes.keySet());
  }

  static boolean isBuiltIn(String name) {
    return Arrays.stream(Protocol.values()).anyMatch(it -> name(it).equals(name));
  }

  static String protocols() {
    return Arrays.stream(Protocol.values())
        .map(it -> "\"" + name(it) + "\"")
        .collect(Collectors.joining(", "));
  }

  private static String name(Protocol protocol) {
    return protocol.name().toLowerCase(Locale.ROOT);
  }

  private static Recipe builtIn(Protocol protocol) {
    return new Recipe(
        name(protocol),
        protocol,
        PermissionProfile.EDIT,
        protocol == Protocol.COMMAND ? List.of() : List.of(name(protocol)),
        Optional.empty(),
        Optional.empty(),
        Launcher.DETACHED,
        protocol == Protocol.OPENCODE ? SPEAKS_LATE : LimitSettings.NONE,
        false);
  }

  private Recipe configured(String name, AgentSettings own) {
    Recipe base =
        own.protocol()
            .map(AgentBook::builtIn)
            .or(() -> recipe(name))
            .orElseThrow(() -> new IllegalStateException(name + " has no protocol"));
    return new Recipe(
        name,
        base.protocol(),
        own.profile().orElse(base.profile()),
        own.command().isEmpty() ? base.command() : own.command(),
        own.model(),
        own.fallbackModel(),
        own.attach().orElse(false) ? Launcher.TMUX : Launcher.DETACHED,
        own.limits().over(base.limitSettings()),
        true);
  }
}
