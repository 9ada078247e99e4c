package io.salvor.cli.task;

import io.salvor.cli.session.Word;
import io.salvor.cli.session.Words;
import io.salvor.cli.text.Durations;
import java.time.Duration;
import java.util.Optional;

/// Whether to wait, and how long.
final class WaitOptions {
  private final Word<Boolean> wait;
  private final Word<Duration> timeout;

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

  Optional<Duration> limit() {
    return timeout.said();
  }
}
