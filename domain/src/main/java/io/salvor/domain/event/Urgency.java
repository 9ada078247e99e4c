package io.salvor.domain.event;

/// How soon a person should look.
public enum Urgency {
  /// It can wait, or goes on by itself.
  CAN_WAIT,
  /// In the course of the day: a task rests until then.
  TODAY,
  /// Now: more than one task rests until then, or will meet the same.
  NOW
}
