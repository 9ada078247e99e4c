package io.salvor.domain.id;

/// One try at a task, fenced: an observation or a report that names another epoch is stale.
///
/// @param task whose try it is
/// @param number from 1 up, never used twice in one task
/// @param epoch the fencing token: the seq of the record that claimed the task for this attempt
public record AttemptRef(TaskId task, int number, long epoch) {
  public AttemptRef {
    if (number < 1 || epoch < 1) {
      throw new IllegalArgumentException("attempt and epoch start at 1: " + number + ", " + epoch);
    }
  }
}
