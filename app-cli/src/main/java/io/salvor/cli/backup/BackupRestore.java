package io.salvor.cli.backup;

import io.salvor.cli.session.Confirmation;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Times;
import io.salvor.v1.RestoreReport;
import java.io.IOException;
import java.util.List;

/// Makes the home's store of a backup.
public final class BackupRestore extends SalvorCommand {
  private final Word<String> to =
      words.option(
          "--to",
          "TARGET",
          "latest (default), a generation, the last record to take, or a time such as"
              + " 2026-03-01T08:00:00Z");

  private final From from =
      new From(
          words.option("--from", "PLACE", From.FROM_HELP),
          words.option("--key", "KEY", From.KEY_HELP));

  private final Word<String> passphrase =
      words.option(
          "--passphrase-file",
          "FILE",
          "opens the secrets in the backup (default: as config.toml says, or"
              + " $SALVOR_BACKUP_PASSPHRASE)");

  private final Word<Boolean> dryRun =
      words.flag("--dry-run", "only say what would be taken, and what would be lost");

  private final Word<Boolean> yes = words.flag("--yes", "do not ask");

  public BackupRestore(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    var program = new BackupProgram(context());
    var here = context().surroundings();
    var times = new Times(here.clock().instant(), here::zone);
    List<String> planning = arguments("plan");
    if (dryRun.or(false)) {
      planning.add("--validate-only");
    }
    RestoreReport plan = program.run(RestoreReport.getDefaultInstance(), planning);
    List<String> lines = BackupText.plan(plan, times);
    if (dryRun.or(false)) {
      new Results(context()).show(plan, () -> String.join("\n", lines) + "\n");
      return ExitCode.OK;
    }
    if (!yes.or(false)) {
      new Confirmation(context()).ask("Restore", lines);
    } else {
      (context().output() == Output.TEXT ? here.out() : here.err())
          .println(String.join("\n", lines));
    }
    RestoreReport done = program.run(RestoreReport.getDefaultInstance(), arguments("restore"));
    new Results(context()).show(done, () -> BackupText.restored(done));
    return ExitCode.OK;
  }

  private List<String> arguments(String what) {
    List<String> arguments = from.arguments(what, "--actor=" + context().actor());
    to.said().ifPresent(it -> arguments.add("--to=" + it));
    passphrase
        .said()
        .map(it -> context().surroundings().directory().resolve(it))
        .ifPresent(it -> arguments.add("--passphrase-file=" + it));
    return arguments;
  }
}
