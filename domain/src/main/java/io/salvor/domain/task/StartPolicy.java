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
    Duration plain = first;
    for (int i = 1; i < failedStarts && plain.compareTo(cap) < 0; i++) {
      plain = plain.multipliedBy(2);
    }
    Duration capped = plain.compareTo(cap) < 0 ? plain : cap;
    return capped.plus(capped.multipliedBy(Math.floorMod(seed, 101L)).dividedBy(1000));
  }
}
