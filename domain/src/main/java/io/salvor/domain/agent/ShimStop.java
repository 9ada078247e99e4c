package io.salvor.domain.agent;

/// Why a shim ended its agent, where it did and no server.
public enum ShimStop {
  /// It did not.
  NONE,
  /// The agent was over its deadline.
  DEADLINE,
  /// The window that showed the agent was closed.
  WINDOW_CLOSED
}
