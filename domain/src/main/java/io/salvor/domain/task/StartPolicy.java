package io.salvor.domain.task;

import java.time.Duration;

/// How often and when a start that failed is tried again.
///
/// @param maxFailedStarts starts that may fail in a row before the task is FAILED
/// @param first wait after the first failure; doubled after each further one
/// @param cap the longest wait
public record StartPolicy(int maxFailedStarts, Duration first, Duration cap) {

  /// Five starts; min(10 s · 2ⁿ, 5 min), and up to a tenth more.
  public static final StartPolicy DEFAULT =
      new StartPolicy(5, Duration.ofSeconds(10), Duration.ofMinutes(5));

  /// The wait before the next start.
  ///
  /// @param failedStarts from 1 up
  /// @param seed spreads tasks that failed together; the same seed waits the same
  Duration delayAfter(int failedStarts, long seed) {
    return new Backoff(first, cap).after(failedStarts, seed);
  }
}
