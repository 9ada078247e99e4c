package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.StopServerRequest;
import io.salvor.v1.StopServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Ends a server so that another one takes its place; agents run on meanwhile.
final class Replacing {
  private Replacing() {}

  /// Ends it, unless the one after it would not start.
  ///
  /// @param arguments with which the next one will be started
  static void end(Context context, List<String> arguments)
      throws IOException, InterruptedException {
    var _ = new OfflineProgram(context).settings(arguments);
    StopServerResponse stopped =
        context
            .api()
            .call(
                InstanceServiceGrpc.getStopServerMethod(), StopServerRequest.getDefaultInstance());
    ServerEnd.await(stopped.getPid(), Optional.of(ServerEnd.PATIENCE), "salvor serve");
  }
}
