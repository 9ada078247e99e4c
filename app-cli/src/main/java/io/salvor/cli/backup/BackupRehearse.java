package io.salvor.cli.backup;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.v1.BackupDrill;
import java.io.IOException;
import java.util.List;

/// Restores a backup into a scratch home and starts a server there.
public final class BackupRehearse extends SalvorCommand {
  private final Word<String> to = words.option("--to", "GENERATION", "another one than the latest");

  private final From from =
      new From(
          words.option("--from", "PLACE", From.FROM_HELP),
          words.option("--key", "KEY", From.KEY_HELP));

  public BackupRehearse(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    List<String> arguments = from.arguments("drill");
    to.said().ifPresent(it -> arguments.add("--to=" + it));
    BackupDrill drill =
        new BackupProgram(context()).run(BackupDrill.getDefaultInstance(), arguments);
    new Results(context()).show(drill, () -> BackupText.drill(drill));
    return drill.getPassed() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
