package io.salvor.domain.task;

/// How urgent a task is. The queue gives slots to the more urgent first, and among equals to the
/// one that has waited longest.
///
/// That order is strict: a less urgent task waits as long as more urgent ones come, and its wait is
/// there to be seen. Nothing is promoted behind the back of those who said what is urgent; they can
/// say otherwise while it waits.
public enum Priority {
  LOW,
  /// Where nothing is said.
  MEDIUM,
  HIGH,
  CRITICAL
}
