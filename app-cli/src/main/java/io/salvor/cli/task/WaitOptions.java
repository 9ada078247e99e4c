package io.salvor.cli.task;

import io.salvor.cli.session.Word;
import io.salvor.cli.session.Words;
import io.salvor.cli.text.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Whether to wait, and how long.
final class WaitOptions {
  private final Word<Boolean> wait;
  private final Word<Duration> timeout;
  private Optional<Instant> end = Optional.empty();

  WaitOptions(Words words) {
    this.wait = words.flag("--wait", "wait until it needs a person or is over; see the exit codes");
    this.timeout =
        words.option(
            "--wait-timeout",
            "TIME",
            Durations::parse,
            "wait at most this long, then exit 1; the task goes on");
  }

  boolean wanted() {
    return wait.or(false) || timeout.said().isPresent();
  }

  /// When the time is over, counted from when this is asked first: it is for all tasks together.
  Optional<Instant> end(InstantSource clock) {
    if (end.isEmpty()) {
      end = timeout.said().map(it -> clock.instant().plus(it));
    }
    return end;
  }
}
