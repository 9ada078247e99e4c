package io.salvor.process;

import java.time.Duration;

/// Time that runs out, on the monotonic clock.
record Countdown(long endNanos) {
  static Countdown of(Duration duration) {
    return new Countdown(System.nanoTime() + duration.toNanos());
  }

  boolean over() {
    return System.nanoTime() - endNanos >= 0;
  }
}
