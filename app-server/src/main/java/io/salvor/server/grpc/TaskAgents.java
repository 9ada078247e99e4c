package io.salvor.server.grpc;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentPrograms;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.server.config.AgentBook;
import io.salvor.server.config.AgentBook.Recipe;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.errors.Errors;
import io.salvor.v1.ErrorReason;
import java.util.List;
import java.util.Optional;

/// Which agent a task gets, by what it asks for and what is there. Thread-safe.
final class TaskAgents {
  private final ServerConfig config;
  private final AgentPrograms programs;

  TaskAgents(ServerConfig config, AgentPrograms programs) {
    this.config = config;
    this.programs = programs;
  }

  /// The recipe that was asked for by name; otherwise the one for an ad hoc command where there is
  /// a command, the configured one, or the only one whose program is there.
  Recipe recipe(io.salvor.v1.Agent wanted) {
    AgentBook book = config.agents();
    if (!wanted.getName().isBlank()) {
      return book.recipe(wanted.getName())
          .orElseThrow(() ->
              unknown(
                  "there is no agent '"
                      + wanted.getName()
                      + "'; there are "
                      + names(book.names())));
    }
    return wanted.getCommandCount() > 0
        ? book.adHoc()
        : book.chosen().flatMap(book::recipe).orElseGet(this::onlyOne);
  }

  private Recipe onlyOne() {
    List<Recipe> found = found();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw unknown(
        found.isEmpty()
            ? "no agent is named, and none is installed; salvor knows "
                + names(config.agents().names())
            : "no agent is named, and several are installed: "
                + names(found.stream().map(Recipe::name).toList()));
  }

  /// Those whose program is there.
  List<Recipe> found() {
    return config.agents().recipes().stream()
        .filter(recipe -> recipe.agent().flatMap(programs::find).isPresent())
        .toList();
  }

  /// The one that is taken where a task names none; empty where it has to.
  Optional<Recipe> byDefault() {
    AgentBook book = config.agents();
    List<Recipe> found = found();
    return book.chosen()
        .flatMap(book::recipe)
        .or(() -> found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty());
  }

  /// The agent of a recipe, with what a task asks for instead.
  Agent agent(Recipe recipe, io.salvor.v1.Agent wanted) {
    Names.known("task.agent.protocol", wanted.getProtocol(), wanted.getProtocolValue());
    List<String> command =
        wanted.getCommandCount() == 0 ? recipe.command() : wanted.getCommandList();
    if (command.isEmpty()) {
      throw Errors.invalid(
          "task.agent.command",
          "the agent `" + recipe.name() + "` needs a program: add -- PROGRAM ARGUMENTS");
    }
    command.forEach(word -> Texts.argument("task.agent.command", word));
    return new Agent(
        recipe.name(),
        recipe.protocol(),
        profile(wanted).orElse(recipe.profile()),
        command,
        model(wanted).or(recipe::model),
        recipe.fallbackModel(),
        launcher(wanted).orElse(recipe.launcher()));
  }

  /// Refuses a limit of money that could not be kept (Z22).
  void checkBudget(Agent agent) {
    boolean priced =
        agent.model().isEmpty() || config.extras(agent.name()).prices().knows(agent.model().get());
    if (!agent.protocol().tellsCost() && !priced) {
      String model = agent.model().orElse("");
      throw Errors.invalid(
          "task.limits.cost_micro_usd",
          "a budget could not be kept: "
              + agent.name()
              + " tells tokens only, and the model "
              + model
              + " has no price; give it one in config.toml: [prices.\""
              + model
              + "\"]");
    }
  }

  /// Empty where none is named.
  static Optional<String> model(io.salvor.v1.Agent wanted) {
    return Texts.name("task.agent.model", wanted.getModel());
  }

  /// Empty where none is named; one that only a newer client knows is not taken for none.
  static Optional<PermissionProfile> profile(io.salvor.v1.Agent wanted) {
    return switch (wanted.getProfile()) {
      case READ -> Optional.of(PermissionProfile.READ);
      case EDIT -> Optional.of(PermissionProfile.EDIT);
      case FULL -> Optional.of(PermissionProfile.FULL);
      case PROFILE_UNSPECIFIED -> Optional.empty();
      case UNRECOGNIZED ->
          throw Errors.invalid(
              "task.agent.profile",
              "there is no such profile: "
                  + wanted.getProfileValue()
                  + "; a profile is READ, EDIT or FULL");
    };
  }

  static Optional<Launcher> launcher(io.salvor.v1.Agent wanted) {
    return switch (wanted.getLauncher()) {
      case DETACHED -> Optional.of(Launcher.DETACHED);
      case TMUX -> Optional.of(Launcher.TMUX);
      case LAUNCHER_UNSPECIFIED -> Optional.empty();
      case UNRECOGNIZED ->
          throw Errors.invalid(
              "task.agent.launcher",
              "there is no such launcher: "
                  + wanted.getLauncherValue()
                  + "; a launcher is DETACHED or TMUX");
    };
  }

  private static String names(List<String> names) {
    return String.join(", ", names);
  }

  private static RuntimeException unknown(String what) {
    return Errors.failure(ErrorReason.Code.UNKNOWN_AGENT, what, "salvor agents check");
  }
}
