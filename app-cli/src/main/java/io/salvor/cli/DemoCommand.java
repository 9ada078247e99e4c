package io.salvor.cli;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.SalvorCommand;
import picocli.CommandLine.Option;

/// A tour in a scratch project, with a private server.
final class DemoCommand extends SalvorCommand {
  @Option(names = "--keep", description = "leave the project and the home for a look")
  boolean keep;

  DemoCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    throw new Failure(
        ExitCode.FAILURE,
        "NOT_BUILT",
        "the tour is not part of this build",
        keep ? "salvor --help" : "");
  }
}
