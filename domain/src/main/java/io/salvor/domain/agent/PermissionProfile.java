package io.salvor.domain.agent;

/// What an agent may do without being asked.
public enum PermissionProfile {
  /// Look, and change nothing.
  READ,
  /// Edit, run and commit inside its workspace.
  EDIT,
  /// Whatever its own program allows.
  FULL
}
