package io.salvor.cli;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions;
import io.salvor.cli.session.SalvorCommand;
import picocli.AutoComplete;

/// Prints a completion script, for `source <(salvor completion)`.
final class Completion extends SalvorCommand {
  Completion(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var whole = new CommandTree(context()).whole(new GlobalOptions());
    context().out().print(AutoComplete.bash("salvor", whole));
    return ExitCode.OK;
  }
}
