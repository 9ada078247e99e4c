package io.salvor.cli.server;

import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for a server's process to be gone.
final class ServerEnd {
  /// Longer than the 60 s that a server allows itself.
  static final Duration PATIENCE = Duration.ofSeconds(70);

  private static final long STEP_MILLIS = 20;

  private ServerEnd() {}

  /// Returns when no process has this pid, or throws after `patience`.
  ///
  /// @param then what to do when it is gone after all
  static void await(long pid, Optional<Duration> patience, String then)
      throws InterruptedException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    long begun = System.nanoTime();
    while (process.isPresent() && process.get().isAlive()) {
      if (patience.isPresent() && System.nanoTime() - begun > patience.get().toNanos()) {
        throw new Failure(
            ExitCode.FAILURE,
            "STILL_RUNNING",
            "the server (pid " + pid + ") did not end in " + patience.get().toSeconds() + " s",
            "kill " + pid + ", then " + then);
      }
      aMoment(process.get());
    }
  }

  /// Looks again every so often: the notice of a process's end gets lost where this process started
  /// it and has reaped it already.
  private static void aMoment(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(STEP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException notYet) {
      return;
    } catch (ExecutionException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
