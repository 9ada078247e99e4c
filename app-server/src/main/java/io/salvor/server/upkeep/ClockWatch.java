package io.salvor.server.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A clock that is behind what the log already says: what is written then would seem to come before
/// what it follows from.
public final class ClockWatch {
  private static final Duration BEARABLE = Duration.ofMinutes(1);

  /// What puts a clock right.
  public static final String MEND = "timedatectl set-ntp true  (or set the clock by hand)";

  private ClockWatch() {}

  /// In one sentence; empty where the clock is not behind.
  ///
  /// @param last when the last record was written, by the clock of then
  public static Optional<String> behind(Optional<Instant> last, Instant now) {
    return last.filter(it -> it.isAfter(now.plus(BEARABLE)))
        .map(it ->
            "the clock says "
                + now
                + ", but the last record was written at "
                + it
                + ": it is "
                + Duration.between(now, it).toMinutes()
                + " min behind the log");
  }
}
