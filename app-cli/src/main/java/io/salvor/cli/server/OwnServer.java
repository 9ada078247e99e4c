package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Reconnect;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Sees to it that a server runs on the home of this command: where none does, one is started on
/// free ports, that ends by itself when nothing is left to do and nobody is connected.
public final class OwnServer {
  private static final List<String> ARGUMENTS =
      List.of("--listen=127.0.0.1:0", "--http=127.0.0.1:0", "--exit-when-idle");

  /// How often to look whether a server that somebody else starts answers by now.
  private static final Duration STEP = Duration.ofMillis(100);

  private static final int STEPS = 600;

  private static final int TRIES = 2;

  private final Context context;
  private final ServerStart start;

  public OwnServer(Context context) {
    this.context = context;
    this.start = new ServerStart(context);
  }

  /// Returns when a server answers; throws [Failure] where none can be had. One that was named on
  /// the command line or in the environment is somebody else's, and is never started.
  ///
  /// @return whether it was started here
  public boolean ensure() throws InterruptedException {
    if (context.server().isPresent()) {
      return false;
    }
    for (int left = TRIES; ; left--) {
      if (answers()) {
        return false;
      }
      try {
        start.detached(ARGUMENTS);
        return true;
      } catch (IOException unwritable) {
        throw new Failure(
            ExitCode.UNAVAILABLE,
            "NOT_STARTED",
            "no server could be started: " + unwritable.getMessage(),
            context.serveCommand());
      } catch (Failure notStarted) {
        if (left == 0 || !somebodyHasTheHome()) {
          throw notStarted;
        }
        awaitTheOther();
      }
    }
  }

  /// The first question may only find out that a connection is broken; the second dials anew.
  private boolean answers() {
    for (int look = 0; look < 2; look++) {
      if (start.running().isPresent()) {
        return true;
      }
    }
    return false;
  }

  /// A server has the home and does not answer: it was started by another client at the same
  /// moment, or is on its way out. Returns when it answers or is gone.
  private void awaitTheOther() throws InterruptedException {
    for (int step = 0; step < STEPS && somebodyHasTheHome(); step++) {
      if (start.running().isPresent()) {
        return;
      }
      Reconnect.rest(STEP);
    }
  }

  private boolean somebodyHasTheHome() {
    try {
      return LockHolder.find(context.home()).isPresent();
    } catch (IOException unreadable) {
      return false;
    }
  }
}
