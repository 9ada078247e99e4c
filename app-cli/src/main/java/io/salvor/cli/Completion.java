package io.salvor.cli;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import java.nio.file.Path;

/// Prints a completion script, for `source <(salvor completion)`.
final class Completion extends SalvorCommand {
  private final Word<Shell> shell =
      words.optional("SHELL", Shell::named, "bash, zsh or fish (default: that of $SHELL)");

  Completion(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    context().out().print(shell.said().orElseGet(this::usual).script());
    return ExitCode.OK;
  }

  private Shell usual() {
    String program = context().surroundings().variable("SHELL").orElse("bash");
    try {
      return Shell.named(String.valueOf(Path.of(program).getFileName()));
    } catch (IllegalArgumentException another) {
      return Shell.BASH;
    }
  }
}
