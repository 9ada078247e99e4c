package io.salvor.cli.task;

import io.salvor.cli.text.Durations;
import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The restart ladder of a run: how often an agent that failed is started again, and after what
/// waits. Never after success, a question, a pause or a cancel, and not where the cause stays.
final class Restarts {
  static final int USUAL = 3;
  static final List<Duration> USUAL_WAITS =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30));

  /// Reasons that the same agent would only meet again.
  private static final Set<String> LASTING =
      Set.of(
          "spawn_failed",
          "workspace_failed",
          "provider_auth",
          "permission_denied",
          "gates_failed",
          "loop_detected");

  private final int most;
  private final List<Duration> waits;
  private int done;

  /// @param most how many restarts there may be
  /// @param waits before the first, the second and so on; the last one before all further
  Restarts(int most, List<Duration> waits) {
    this.most = most;
    this.waits = List.copyOf(waits);
  }

  /// What `--restart-after` says: `5s,10s,30s`.
  static List<Duration> waitsOf(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).map(Durations::parse).toList();
  }

  /// How many there were.
  int done() {
    return done;
  }

  /// How many there may be.
  int most() {
    return most;
  }

  /// How long to wait before the agent of this task is started again; empty where it is not.
  Optional<Duration> next(Task task) {
    if (done >= most || task.getState() != Task.State.FAILED || task.getAttemptsCount() == 0) {
      return Optional.empty();
    }
    Attempt last = task.getAttempts(task.getAttemptsCount() - 1);
    if (!last.getAgentStarted() || LASTING.contains(last.getEnding().getReason())) {
      return Optional.empty();
    }
    return Optional.of(waits.get(Math.min(done, waits.size() - 1)));
  }

  /// Another one begins.
  void begun() {
    done++;
  }
}
