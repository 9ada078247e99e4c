package io.salvor.domain.task;

/// Finds the remedy for a task whose last attempt is over and did not succeed. Pure.
public interface Adviser {
  /// The remedy for the last attempt of `task`.
  Advice advise(Task task);
}
