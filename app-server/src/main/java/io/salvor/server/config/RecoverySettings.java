package io.salvor.server.config;

import io.salvor.domain.task.Actions;
import io.salvor.domain.task.Backoff;
import io.salvor.domain.task.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What follows by itself when an attempt does not succeed; what it leaves out is as it was.
///
/// @param mode in the file `"auto"` or `"advise"`
public record RecoverySettings(
    Optional<Recovery.Mode> mode,
    Optional<Integer> maxRetries,
    Optional<Integer> gateRepairs,
    Optional<Integer> loopWindow,
    Optional<Integer> spiral,
    Optional<Duration> retryWait,
    Optional<Duration> retryWaitMost) {
  static final List<String> KEYS =
      List.of(
          "mode",
          "max_retries",
          "gate_repairs",
          "loop_window",
          "spiral",
          "retry_wait",
          "retry_wait_most");

  /// Nothing said.
  static final RecoverySettings NONE =
      new RecoverySettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /// @throws IllegalArgumentException where it says something that cannot be meant
  static RecoverySettings of(Settings table) {
    Optional<Integer> window = table.upTo("loop_window", Actions.MAX_WINDOW);
    if (window.filter(it -> it == 1).isPresent()) {
      throw table.bad("loop_window", "0 for none, or 2 to " + Actions.MAX_WINDOW);
    }
    return new RecoverySettings(
        table.oneOf("mode", Recovery.Mode.class),
        table.upTo("max_retries", 100),
        table.upTo("gate_repairs", 100),
        window,
        table.upTo("spiral", Recovery.MOST_SPIRAL),
        wait(table, "retry_wait"),
        wait(table, "retry_wait_most"));
  }

  private static Optional<Duration> wait(Settings table, String key) {
    Optional<Duration> wait = table.duration(key);
    if (wait.filter(it -> it.compareTo(Backoff.LONGEST) > 0).isPresent()) {
      throw table.bad(key, "no more than 24h");
    }
    return wait;
  }

  /// What follows where these leave something out.
  public Recovery over(Recovery usual) {
    return new Recovery(
        mode.orElse(usual.mode()),
        maxRetries.orElse(usual.maxRetries()),
        gateRepairs.orElse(usual.gateRepairs()),
        loopWindow.orElse(usual.loopWindow()),
        spiral.orElse(usual.spiral()),
        new Backoff(
            retryWait.orElse(usual.waits().first()), retryWaitMost.orElse(usual.waits().most())));
  }
}
