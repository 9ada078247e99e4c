package io.salvor.cli.store;

import io.salvor.cli.server.OfflineProgram;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.v1.CheckStoreRequest;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.StoreCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Reads all of the store and says what is wrong with it: the server does, or, where none runs, a
/// program that needs none.
public final class StoreCheckCommand extends SalvorCommand {
  private static final Duration LONG = Duration.ofHours(6);

  public StoreCheckCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    StoreCheck check = ask();
    new Results(context()).show(check, () -> StoreText.check(check));
    return check.getSound() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private StoreCheck ask() throws IOException, InterruptedException {
    try {
      return context()
          .api()
          .call(
              InstanceServiceGrpc.getCheckStoreMethod(),
              CheckStoreRequest.getDefaultInstance(),
              LONG)
          .getCheck();
    } catch (Failure none) {
      if (none.exit() != ExitCode.UNAVAILABLE || context().server().isPresent()) {
        throw none;
      }
      return new OfflineProgram(context()).care(StoreCheck.getDefaultInstance(), List.of("check"));
    }
  }
}
