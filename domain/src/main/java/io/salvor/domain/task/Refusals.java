package io.salvor.domain.task;

import io.salvor.domain.task.Refusal.Code;

/// Refusals as outcomes.
final class Refusals {
  private Refusals() {}

  static Outcome wrongState(Task task, String why, String hint) {
    return refuse(
        Code.WRONG_STATE, task.display() + " " + why + " (it is " + task.kind() + ")", hint);
  }

  static Outcome refuse(Code code, String detail, String hint) {
    return new Outcome.Refused(new Refusal(code, detail, hint));
  }
}
