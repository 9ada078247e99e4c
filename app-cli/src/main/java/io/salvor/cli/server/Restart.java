package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.v1.InstanceStatus;
import java.io.IOException;
import java.util.List;

/// Ends the server and starts one anew where it listened; agents run on meanwhile.
public final class Restart extends SalvorCommand {
  private final ListenOptions listen = new ListenOptions(words);

  public Restart(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    context().mustBeHere();
    var start = new ServerStart(context());
    List<String> arguments = listen.arguments();
    if (start.running().isPresent()) {
      arguments =
          context()
              .home()
              .address()
              .map(before -> listen.arguments(before.grpc(), before.http()))
              .orElse(arguments);
      Replacing.end(context(), arguments);
    }
    InstanceStatus status = start.detached(arguments);
    new Results(context()).show(status, () -> StatusText.serving(status, "is running"));
    return ExitCode.OK;
  }
}
