package io.salvor.server.config;

import java.time.Duration;
import java.util.List;

/// What a project wants done in each new workspace.
///
/// @param copy files copied from the main checkout
/// @param setup commands run before the agent
/// @param setupLimit time for each of them
/// @param gates commands that must pass before a review
/// @param recovery what follows by itself when an attempt does not succeed
public record ProjectSettings(
    List<String> copy,
    List<String> setup,
    Duration setupLimit,
    List<String> gates,
    RecoverySettings recovery) {
  /// Nothing.
  public static final ProjectSettings NONE =
      new ProjectSettings(
          List.of(), List.of(), Duration.ofMinutes(5), List.of(), RecoverySettings.NONE);

  static final List<String> KEYS = List.of("copy", "setup", "setup_limit", "gates", "recovery");

  public ProjectSettings {
    copy = List.copyOf(copy);
    setup = List.copyOf(setup);
    gates = List.copyOf(gates);
  }

  /// Reads a table of settings.
  ///
  /// @throws IllegalArgumentException where it says something that cannot be meant
  static ProjectSettings of(Settings table) {
    return new ProjectSettings(
        table.texts("copy"),
        table.texts("setup"),
        table.duration("setup_limit").orElse(NONE.setupLimit()),
        table.texts("gates"),
        RecoverySettings.of(table.table("recovery", RecoverySettings.KEYS)));
  }
}
