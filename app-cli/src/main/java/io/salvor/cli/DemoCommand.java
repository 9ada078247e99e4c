package io.salvor.cli;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;

/// A tour in a scratch project, with a private server.
final class DemoCommand extends SalvorCommand {
  private final Word<Boolean> keep =
      words.flag("--keep", "leave the project and the home for a look");

  DemoCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    throw new Failure(
        ExitCode.FAILURE,
        "NOT_BUILT",
        "the tour is not part of this build",
        keep.or(false) ? "salvor --help" : "");
  }
}
