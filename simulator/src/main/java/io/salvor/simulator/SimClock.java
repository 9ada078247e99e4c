package io.salvor.simulator;

import io.salvor.domain.time.Now;
import java.time.Duration;
import java.time.Instant;

/// The host's clocks: a calendar that can be set, and a count since boot that cannot.
final class SimClock {
  private Now now = new Now(Instant.parse("2026-03-01T08:00:00Z"), Duration.ofMinutes(5), "boot-1");
  private int boots = 1;
  private Duration passed = Duration.ZERO;

  Now now() {
    return now;
  }

  /// How long the world has gone on, whatever its clocks say.
  Duration passed() {
    return passed;
  }

  void pass(Duration time) {
    passed = passed.plus(time);
    now = now.plus(time);
  }

  /// Somebody sets the calendar.
  void set(Duration step) {
    now = new Now(now.wall().plus(step), now.monotonic(), now.bootId());
  }

  void reboot(Duration down) {
    boots++;
    passed = passed.plus(down);
    now = new Now(now.wall().plus(down), Duration.ofSeconds(20), "boot-" + boots);
  }
}
