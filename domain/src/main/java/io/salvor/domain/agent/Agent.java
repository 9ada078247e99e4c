package io.salvor.domain.agent;

import java.util.List;
import java.util.Optional;

/// A named launch recipe.
///
/// @param name as in `[agents.NAME]` and `--agent NAME`
/// @param command the program and its fixed arguments; for [Protocol#COMMAND] all of them; for
///   other protocols the program, to which the protocol adds its own
/// @param model where one is asked for by name
public record Agent(
    String name,
    Protocol protocol,
    PermissionProfile profile,
    List<String> command,
    Optional<String> model) {
  public Agent {
    command = List.copyOf(command);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("an agent needs a program to run");
    }
  }

  /// The same with another model.
  public Agent withModel(Optional<String> changed) {
    return new Agent(name, protocol, profile, command, changed);
  }

  /// The same with other permissions.
  public Agent withProfile(PermissionProfile changed) {
    return new Agent(name, protocol, changed, command, model);
  }
}
