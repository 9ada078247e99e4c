package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.StopServerRequest;
import io.salvor.v1.StopServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Ends the server and starts one anew where it listened; agents run on meanwhile.
public final class Restart extends SalvorCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ListenOptions listen = new ListenOptions(words);

  public Restart(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    var start = new ServerStart(context());
    List<String> arguments = listen.arguments();
    if (start.running().isPresent()) {
      arguments =
          context()
              .home()
              .address()
              .map(before -> listen.arguments(before.grpc(), before.http()))
              .orElse(arguments);
      StopServerResponse stopped =
          context()
              .api()
              .call(
                  InstanceServiceGrpc.getStopServerMethod(),
                  StopServerRequest.getDefaultInstance());
      ServerEnd.await(context(), stopped.getPid(), Optional.of(PATIENCE));
    }
    InstanceStatus status = start.detached(arguments);
    new Results(context()).show(status, () -> StatusText.serving(status, "is running"));
    return ExitCode.OK;
  }
}
