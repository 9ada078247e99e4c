package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Home;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.StopServerRequest;
import io.salvor.v1.StopServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/// Ends the server and starts one anew where it listened; agents run on meanwhile.
public final class Restart extends SalvorCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin ListenOptions listen = new ListenOptions();

  public Restart(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    var start = new ServerStart(context());
    List<String> arguments = new ArrayList<>(listen.arguments());
    if (start.running().isPresent()) {
      context().home().address().ifPresent(before -> keep(before, arguments));
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

  private void keep(Home.Address before, List<String> arguments) {
    if (listen.listen == null && !before.grpc().isEmpty()) {
      arguments.add("--listen=" + before.grpc());
    }
    if (listen.http == null && !before.http().isEmpty()) {
      arguments.add("--http=" + before.http());
    }
  }
}
