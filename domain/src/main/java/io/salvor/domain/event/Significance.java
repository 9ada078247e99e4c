package io.salvor.domain.event;

/// What a record means to who watches.
///
/// @param cause a stable word: the reason of an ending (`oom_killed`), or what happened
///   (`merge_conflict`, `frozen`)
public record Significance(Severity severity, Urgency urgency, String cause) {
  static Significance info(String cause) {
    return new Significance(Severity.INFO, Urgency.CAN_WAIT, cause);
  }

  static Significance warning(Urgency urgency, String cause) {
    return new Significance(Severity.WARNING, urgency, cause);
  }

  static Significance error(Urgency urgency, String cause) {
    return new Significance(Severity.ERROR, urgency, cause);
  }

  static Significance critical(String cause) {
    return new Significance(Severity.CRITICAL, Urgency.NOW, cause);
  }
}
