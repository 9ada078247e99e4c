package io.salvor.domain.task;

/// What a limit over all attempts of a task counts.
public enum Meter {
  /// Money, in millionths of a US dollar.
  COST,
  /// Input and output tokens together.
  TOKENS
}
