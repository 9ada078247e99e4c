package io.salvor.domain.agent;

import java.time.Duration;
import java.time.Instant;

/// When a provider wants to be asked again, as it said.
public sealed interface RetryAfter {
  /// No provider is waited for any longer: who says more means something else.
  Duration MOST = Duration.ofDays(8);

  /// After so long.
  record In(Duration delay) implements RetryAfter {}

  /// At that time.
  record At(Instant time) implements RetryAfter {}

  /// The time, where it was said at `now`; never later than [#MOST] from then.
  default Instant from(Instant now) {
    Instant last = now.plus(MOST);
    return switch (this) {
      case In(var delay) -> delay.compareTo(MOST) < 0 ? now.plus(delay) : last;
      case At(var time) -> time.isBefore(last) ? time : last;
    };
  }
}
