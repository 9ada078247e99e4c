package io.salvor.domain.journal;

import io.salvor.domain.task.Task;

/// A task with what is needed to write on in its threads.
///
/// @param clock of the last record in the task's thread
/// @param intentClock of the last intent in it; 0 for none
/// @param attemptClock of the last record in the last attempt's thread; 0 for none
public record OpenThread(Task task, long clock, long intentClock, long attemptClock) {

  /// The thread before its first record.
  public OpenThread(Task task) {
    this(task, 0, 0, 0);
  }
}
