package io.salvor.domain.instance;

/// What has happened to the whole instance. Written before it is acted on; never changed.
public sealed interface InstanceFact {
  /// No attempt begins from now on. What a hard freeze ends is said by each task's own facts, in
  /// the same decision.
  record Frozen(Freeze.Level level, String reason) implements InstanceFact {}

  /// Attempts begin again.
  record Unfrozen(String reason) implements InstanceFact {}

  /// The settings file in a project may say what is run there.
  ///
  /// @param project absolute path of its root
  /// @param hash SHA-256 in hex of the file as it was looked at
  record SettingsAccepted(String project, String hash) implements InstanceFact {}

  /// What was accepted for a project, is not any longer.
  record SettingsRevoked(String project) implements InstanceFact {}
}
