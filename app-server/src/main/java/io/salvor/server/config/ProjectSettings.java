package io.salvor.server.config;

import java.time.Duration;
import java.util.List;

/// What a project wants done in each new workspace.
///
/// @param copy files copied from the main checkout
/// @param setup commands run before the agent
/// @param setupLimit time for each of them
/// @param gates commands that must pass before a review
public record ProjectSettings(
    List<String> copy, List<String> setup, Duration setupLimit, List<String> gates) {
  /// Nothing.
  public static final ProjectSettings NONE =
      new ProjectSettings(List.of(), List.of(), Duration.ofMinutes(5), List.of());

  public ProjectSettings {
    copy = List.copyOf(copy);
    setup = List.copyOf(setup);
    gates = List.copyOf(gates);
  }
}
