package io.salvor.domain.task;

import io.salvor.domain.access.Actor;

/// Where a stopping task goes when nothing of its attempt lives any more.
public sealed interface Next {
  /// Wherever the evidence says.
  record Judge() implements Next {}

  /// To CANCELLED, whatever the evidence says.
  record Cancel(Actor by, String reason) implements Next {}

  /// To PAUSED, unless it had finished before.
  record Pause(Actor by, String reason) implements Next {}

  /// To FAILED where the fault is permanent, else back to READY for another start.
  record StartAgain(Ending.Reason reason, String detail, String hint, boolean permanent)
      implements Next {}
}
