package io.salvor.simulator;

import io.salvor.domain.task.Refusal;
import org.jspecify.annotations.Nullable;

/// What somebody waits for: given once, and only when all that it rests on is durable.
class Reply {
  /// What has become of an input.
  enum Outcome {
    PENDING,
    DONE,
    DONE_BEFORE,
    REFUSED,
    NOTHING,
    /// The log did not take it, or the server went down: nobody knows.
    NO_ANSWER
  }

  private Outcome outcome = Outcome.PENDING;
  private long seq;
  private Refusal.@Nullable Code code;

  void give(Outcome given, long rests) {
    if (outcome != Outcome.PENDING) {
      throw new OracleFailed("Z11", "answered twice: " + outcome + ", then " + given);
    }
    outcome = given;
    seq = rests;
  }

  final void refuse(Refusal.Code with, long rests) {
    give(Outcome.REFUSED, rests);
    code = with;
  }

  final Outcome outcome() {
    return outcome;
  }

  final boolean isPending() {
    return outcome == Outcome.PENDING;
  }

  final long seq() {
    return seq;
  }

  final Refusal.@Nullable Code code() {
    return code;
  }
}
