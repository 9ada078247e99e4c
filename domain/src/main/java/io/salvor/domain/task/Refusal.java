package io.salvor.domain.task;

/// Why a command was not carried out. Nothing was changed by it.
///
/// @param detail one sentence with the names in question
/// @param hint the command that mends it; may be empty
public record Refusal(Code code, String detail, String hint) {

  /// What kind of refusal.
  public enum Code {
    TASK_NOT_FOUND,
    TASK_EXISTS,
    WRONG_STATE,
    INVALID,
    SELF_APPROVAL,
    UNCOMMITTED_WORK,
    CONFLICTS_LEFT,
    COMMIT_MOVED,
    NOTHING_THERE,
    NO_TARGET,
    OVER_BUDGET,
    UNKNOWN_DEPENDENCY,
    DEPENDENCY_CYCLE,
    ETAG_MISMATCH,
    REQUEST_ID_REUSED,
    NOT_FROZEN
  }
}
