package io.salvor.cli.task;

import io.salvor.cli.session.Converters;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whether to wait, and how long.
final class WaitOptions {
  @Option(
      names = "--wait",
      description = "wait until it needs a person or is over; see the exit codes")
  boolean wait;

  @Option(
      names = "--wait-timeout",
      paramLabel = "TIME",
      description = "wait at most this long, then exit 1; the task goes on",
      converter = Converters.Time.class)
  @Nullable Duration timeout;

  boolean wanted() {
    return wait || timeout != null;
  }

  Optional<Duration> limit() {
    return Optional.ofNullable(timeout);
  }
}
