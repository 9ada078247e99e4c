package io.salvor.domain.task;

/// Why an attempt is being brought to its end.
public enum StopCause {
  /// The agent's process is gone.
  EXITED,
  /// The agent said its last word and did not exit in time.
  RESULT_LINGERS,
  /// The saga from claim to spawn failed and is undone.
  START_FAILED,
  /// A person gave the task up.
  CANCEL,
  /// A person wants it to rest.
  PAUSE,
  /// A person froze the whole instance.
  FREEZE,
  DEADLINE,
  SILENCE,
  FIRST_EVENT,
  COST_LIMIT,
  TOKEN_LIMIT,
  TURN_LIMIT,
  OUTPUT_LIMIT,
  /// The provider refuses the credentials again and again.
  CREDENTIALS,
  /// The agent waits for an answer.
  INPUT_REQUIRED,
  /// The agent does the same again and again, and the same comes of it.
  LOOP;

  /// Whether the end was wished for by a person or a limit, so that what the process says after it
  /// proves nothing.
  boolean wished() {
    return this != EXITED && this != RESULT_LINGERS && this != START_FAILED;
  }
}
