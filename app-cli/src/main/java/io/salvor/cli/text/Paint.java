package io.salvor.cli.text;

import io.salvor.v1.Task;

/// Colour for states, where a person looks on.
///
/// @param on whether there is any
public record Paint(boolean on) {
  private static final String OFF = "\u001b[0m";

  /// The same text in its state's colour.
  public String state(Task.State state, String text) {
    if (!on) {
      return text;
    }
    return switch (state) {
      case FAILED, REJECTED -> "\u001b[31m" + text + OFF;
      case BLOCKED, PAUSED, NEEDS_FIX -> "\u001b[33m" + text + OFF;
      case REVIEW, APPROVED -> "\u001b[36m" + text + OFF;
      case MERGED -> "\u001b[32m" + text + OFF;
      case CLAIMED, RUNNING, STOPPING, VERIFYING, MERGING -> "\u001b[1m" + text + OFF;
      case PENDING, READY, QUEUED, CANCELLED, SKIPPED, STATE_UNSPECIFIED, UNRECOGNIZED -> text;
    };
  }

  /// The same text in the colour of a log's level.
  public String level(String level, String text) {
    if (!on) {
      return text;
    }
    return switch (level) {
      case "ERROR" -> "\u001b[31m" + text + OFF;
      case "WARN" -> "\u001b[33m" + text + OFF;
      default -> text;
    };
  }
}
