package io.salvor.domain.agent;

import java.util.List;
import java.util.Optional;

/// A named launch recipe.
///
/// @param name as in `[agents.NAME]` and `--agent NAME`
/// @param command the program and its fixed arguments; for [Protocol#COMMAND] all of them; for
///   other protocols the program, to which the protocol adds its own
/// @param model where one is asked for by name
/// @param fallbackModel taken where that one is overloaded or not to be had
/// @param launcher whether it has a window that a person can watch
public record Agent(
    String name,
    Protocol protocol,
    PermissionProfile profile,
    List<String> command,
    Optional<String> model,
    Optional<String> fallbackModel,
    Launcher launcher) {
  /// Without a window.
  public Agent(
      String name,
      Protocol protocol,
      PermissionProfile profile,
      List<String> command,
      Optional<String> model,
      Optional<String> fallbackModel) {
    this(name, protocol, profile, command, model, fallbackModel, Launcher.DETACHED);
  }

  /// Without a window, and without a model to fall back on.
  public Agent(
      String name,
      Protocol protocol,
      PermissionProfile profile,
      List<String> command,
      Optional<String> model) {
    this(name, protocol, profile, command, model, Optional.empty());
  }

  public Agent {
    command = List.copyOf(command);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("an agent needs a program to run");
    }
  }

  /// The same with another model.
  public Agent withModel(Optional<String> changed) {
    return new Agent(name, protocol, profile, command, changed, fallbackModel, launcher);
  }

  /// The same with other permissions.
  public Agent withProfile(PermissionProfile changed) {
    return new Agent(name, protocol, changed, command, model, fallbackModel, launcher);
  }

  /// The same, started otherwise.
  public Agent withLauncher(Launcher changed) {
    return new Agent(name, protocol, profile, command, model, fallbackModel, changed);
  }
}
