package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for a server's process to be gone.
final class ServerEnd {
  private ServerEnd() {}

  /// Returns when no process has this pid, or throws after `patience`.
  static void await(Context context, long pid, Optional<Duration> patience)
      throws InterruptedException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty()) {
      return;
    }
    try {
      if (patience.isPresent()) {
        process.get().onExit().get(patience.get().toMillis(), TimeUnit.MILLISECONDS);
      } else {
        process.get().onExit().get();
      }
    } catch (TimeoutException late) {
      throw new Failure(
          ExitCode.FAILURE,
          "STILL_RUNNING",
          "the server (pid "
              + pid
              + ") did not end in "
              + patience.map(Duration::toSeconds).orElse(0L)
              + " s",
          "kill " + pid + ", then look into " + context.home().logs());
    } catch (ExecutionException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
