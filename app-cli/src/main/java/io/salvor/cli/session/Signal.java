package io.salvor.cli.session;

import java.util.concurrent.TimeUnit;

/// A signal that asks this process to end (SIGINT, SIGTERM, SIGHUP). While this is open, it
/// interrupts the thread that made it, and the process ends as that thread then says.
public final class Signal implements AutoCloseable {
  /// After this long the process ends, whatever that thread does.
  private static final long PATIENCE_SECONDS = 90;

  private final Thread command = Thread.currentThread();
  private final Thread hook = new Thread(this::arrived, "signal");
  private volatile boolean came;

  public Signal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Whether one came.
  public boolean came() {
    return came;
  }

  private void arrived() {
    came = true;
    command.interrupt();
    try {
      TimeUnit.SECONDS.timedJoin(command, PATIENCE_SECONDS);
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (!came) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException tooLate) {
        came = true;
      }
    }
  }
}
