package io.salvor.cli.task;

import io.grpc.MethodDescriptor;
import io.salvor.cli.server.OwnServer;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Reconnect;
import io.salvor.v1.RunEvent.Step;
import java.time.Duration;
import java.util.Set;

/// The calls of a run: they outlast the server. Where none answers one is started, and the call is
/// made again; each carries a request id, so that it happens once.
final class RunCalls {
  private static final int TRIES = 5;

  /// What is said where nobody answered, or a server that is about to go.
  private static final Set<String> NOBODY = Set.of("NO_SERVER", "CONNECTION_LOST", "SHUTTING_DOWN");

  private static final Duration MOMENT = Duration.ofMillis(250);

  private final Context context;
  private final RunLog log;
  private final OwnServer server;

  RunCalls(Context context, RunLog log) {
    this.context = context;
    this.log = log;
    this.server = new OwnServer(context);
  }

  /// Asks one thing; throws [Failure] where it is refused, or where no server can be had.
  <Q, A> A call(MethodDescriptor<Q, A> method, Q question) throws InterruptedException {
    for (int left = TRIES; ; left--) {
      try {
        return context.api().call(method, question);
      } catch (Failure failure) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (left == 0 || !NOBODY.contains(failure.reason())) {
          throw failure;
        }
        if (!failure.reason().equals("NO_SERVER")) {
          Reconnect.rest(MOMENT);
        }
        ensureServer();
      }
    }
  }

  /// Returns when a server answers.
  void ensureServer() throws InterruptedException {
    if (server.ensure()) {
      log.step(
          Step.Kind.SERVER,
          "no server ran; one is started on "
              + context.home().directory()
              + " and ends when nothing is left to do");
    }
  }
}
