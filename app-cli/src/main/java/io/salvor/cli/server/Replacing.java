package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.StopServerRequest;
import io.salvor.v1.StopServerResponse;
import java.time.Duration;
import java.util.Optional;

/// Ends a server so that another one takes its place; agents run on meanwhile.
final class Replacing {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Replacing() {}

  static void end(Context context) throws InterruptedException {
    StopServerResponse stopped =
        context
            .api()
            .call(
                InstanceServiceGrpc.getStopServerMethod(), StopServerRequest.getDefaultInstance());
    ServerEnd.await(context, stopped.getPid(), Optional.of(PATIENCE));
  }
}
