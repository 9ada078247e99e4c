package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.text.Times;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;

/// Shows how the server is.
public final class Status extends SalvorCommand {
  public Status(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    InstanceStatus status =
        context()
            .api()
            .call(InstanceServiceGrpc.getGetStatusMethod(), GetStatusRequest.getDefaultInstance());
    var surroundings = context().surroundings();
    var times = new Times(surroundings.clock().instant(), surroundings::zone);
    new Results(context()).show(status, () -> StatusText.full(status, times));
    return ExitCode.OK;
  }
}
