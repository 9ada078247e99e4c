package io.salvor.domain.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The moment at which an input was taken, as two clocks saw it.
///
/// Durations are charged from the monotonic clock only, so neither a stepped wall clock nor a
/// suspended host charges anybody.
///
/// @param wall the calendar's time, to show and to compare with times that people name
/// @param monotonic time since boot without suspend (Linux `CLOCK_MONOTONIC`); comparable within
///   one boot only
/// @param bootId which boot `monotonic` belongs to
public record Now(Instant wall, Duration monotonic, String bootId) {

  /// Time that passed since `earlier`, never negative; empty where the two lie in different boots.
  public Optional<Duration> since(Now earlier) {
    if (!bootId.equals(earlier.bootId)) {
      return Optional.empty();
    }
    Duration passed = monotonic.minus(earlier.monotonic);
    return Optional.of(passed.isNegative() ? Duration.ZERO : passed);
  }

  /// The moment `duration` later, on both clocks.
  public Now plus(Duration duration) {
    return new Now(wall.plus(duration), monotonic.plus(duration), bootId);
  }
}
