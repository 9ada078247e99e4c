package io.salvor.domain.task;

import java.time.Duration;

/// How long to wait before the next try: longer each time, up to a most, and up to a tenth more so
/// that what failed together does not come back together.
///
/// @param first wait after the first failure; doubled after each further one
/// @param most the longest wait, before the tenth
public record Backoff(Duration first, Duration most) {
  /// min(10 s · 2ⁿ, 5 min).
  public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

  /// No wait is set longer than that.
  public static final Duration LONGEST = Duration.ofHours(24);

  /// The wait before the next try.
  ///
  /// @param times failures in a row, from 1 up
  /// @param seed the same seed waits the same
  Duration after(int times, long seed) {
    return plain(times).plus(spread(times, seed));
  }

  /// What of it spreads tasks that failed together: up to a tenth.
  Duration spread(int times, long seed) {
    return plain(times).multipliedBy(Math.floorMod(seed, 101L)).dividedBy(1000);
  }

  private Duration plain(int times) {
    Duration plain = first;
    for (int i = 1; i < times && plain.compareTo(most) < 0; i++) {
      plain = plain.multipliedBy(2);
    }
    return plain.compareTo(most) < 0 ? plain : most;
  }
}
