package io.salvor.git;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long a program's next piece of output is waited for. The time that others take over a piece
/// is none of the program's. Thread-safe.
final class Patience {
  private final long limit;
  private final LongSupplier nanos;
  private long since;
  private boolean taking;

  /// @param nanos what time it is, as [System#nanoTime] says it
  Patience(Duration limit, LongSupplier nanos) {
    this.limit = limit.toNanos();
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /// The program waits while this runs, and has all its time again afterwards.
  void whileTaking(Runnable take) {
    set(true);
    take.run();
    set(false);
  }

  private synchronized void set(boolean now) {
    taking = now;
    since = nanos.getAsLong();
  }

  /// How long to wait at least until it can be over; zero or less where it is.
  synchronized Duration left() {
    return Duration.ofNanos(taking ? limit : limit - (nanos.getAsLong() - since));
  }

  /// Whether the program took too long.
  boolean over() {
    return left().compareTo(Duration.ZERO) <= 0;
  }
}
