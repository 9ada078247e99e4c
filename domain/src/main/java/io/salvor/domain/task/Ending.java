package io.salvor.domain.task;

import java.util.Locale;

/// How an attempt ended: a pair, derived from evidence and never from prose.
///
/// @param detail for people: the exit status, the last words or the problem; may be empty
public record Ending(Codepath codepath, Reason reason, String detail) {

  /// Whether the attempt did what it was asked to, by positive evidence.
  public boolean success() {
    return reason == Reason.SUCCESS;
  }

  /// Which way out it took.
  public enum Codepath {
    RESULT_EVENT,
    LINE_TIMEOUT,
    BUDGET_DEADLINE,
    STREAM_EOF_FALLBACK,
    STOPPED,
    START_FAILED,
    SUPERVISOR_LOST,
    LEASE_LOST;

    /// As it is written everywhere: `result_event`.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Why it ended there.
  public enum Reason {
    SUCCESS,
    RESULT_REPORTED_ERROR,
    RESULT_MISSING,
    SUBPROCESS_EXITED_NONZERO,
    KILLED_BY_SIGNAL,
    OOM_KILLED,
    LINE_TIMEOUT,
    DEADLINE_EXCEEDED,
    COST_LIMIT,
    TOKEN_LIMIT,
    TURN_LIMIT,
    OUTPUT_LIMIT,
    READ_ERROR,
    MALFORMED_STREAM,
    SPAWN_FAILED,
    WORKSPACE_FAILED,
    PROVIDER_AUTH,
    PROVIDER_RATE_LIMITED,
    PROVIDER_OUTAGE,
    PROVIDER_OVERLOADED,
    MODEL_UNAVAILABLE,
    PERMISSION_DENIED,
    INPUT_REQUIRED,
    LOOP_DETECTED,
    GATES_FAILED,
    CANCELLED,
    FROZEN,
    LEASE_LOST,
    HOST_LOST;

    /// Whether the provider did not serve the attempt. One that lacks a model may serve others.
    public boolean ofProvider() {
      return this == PROVIDER_AUTH || passing();
    }

    /// Whether it is the provider's, and may pass by itself.
    boolean passing() {
      return this == PROVIDER_RATE_LIMITED
          || this == PROVIDER_OVERLOADED
          || this == PROVIDER_OUTAGE;
    }

    /// As it is written everywhere: `result_missing`.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
