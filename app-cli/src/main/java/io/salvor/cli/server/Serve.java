package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.v1.InstanceStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts a server.
public final class Serve extends SalvorCommand {
  private final Word<Boolean> foreground =
      words.flag("--foreground", "stay, with the server's output, until it ends");

  private final Word<Boolean> newStore =
      words.flag("--new-store", "start with nothing where this home's store is gone or damaged");

  private final ListenOptions listen = new ListenOptions(words);

  public Serve(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    context().mustBeHere();
    var start = new ServerStart(context());
    Optional<InstanceStatus> running = start.running();
    running.filter(InstanceStatus::getDraining).ifPresent(Serve::refuse);
    if (running.filter(InstanceStatus::getExitsWhenIdle).isPresent() && !listen.exitsWhenIdle()) {
      Replacing.end(
          context(), arguments()); // one that a run started for itself would be gone in a moment
    } else if (running.isPresent()) {
      show(running.get(), "is already running");
      return ExitCode.OK;
    }
    if (foreground.or(false)) {
      int status = start.inForeground(arguments());
      if (status != 0) {
        throw new Failure(
            ExitCode.FAILURE,
            "SERVER_FAILED",
            "the server ended with status " + status,
            List.of(),
            "");
      }
      return ExitCode.OK;
    }
    show(start.detached(arguments()), "is running");
    return ExitCode.OK;
  }

  /// It takes no new work, and will be gone: who asks for a server has none.
  private static void refuse(InstanceStatus draining) {
    throw new Failure(
        ExitCode.WRONG_STATE,
        "DRAINING",
        "the server (pid " + draining.getPid() + ") is on its way out, and waits for its agents",
        "salvor restart");
  }

  private List<String> arguments() {
    var arguments = new ArrayList<>(listen.arguments());
    if (newStore.or(false)) {
      arguments.add("--new-store");
    }
    return arguments;
  }

  private void show(InstanceStatus status, String how) {
    new Results(context()).show(status, () -> StatusText.serving(status, how));
  }
}
