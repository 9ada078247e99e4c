package io.salvor.domain.task;

/// How an attempt begins.
public enum StartMode {
  /// From the base, with the brief alone.
  FRESH,
  /// In the workspace as it stands, with a briefing of what is there.
  RESUME
}
