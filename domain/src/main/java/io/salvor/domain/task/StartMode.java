package io.salvor.domain.task;

/// How an attempt begins.
public enum StartMode {
  /// From the base, with the brief alone.
  FRESH,
  /// In the workspace as it stands, with a briefing of what is there.
  RESUME,
  /// As RESUME, with the target brought in: both sides changed the same lines, and the agent is to
  /// resolve that.
  RESOLVE
}
