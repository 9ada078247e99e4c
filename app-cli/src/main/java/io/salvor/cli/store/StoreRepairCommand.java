package io.salvor.cli.store;

import io.salvor.cli.server.OfflineProgram;
import io.salvor.cli.session.Confirmation;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.v1.StoreRepair;
import java.io.IOException;
import java.util.List;

/// Makes a damaged store whole again, of its backups and of all its records that still hold.
public final class StoreRepairCommand extends SalvorCommand {
  private final Word<Boolean> dryRun =
      words.flag("--dry-run", "only say what would be done, and what would be lost");

  private final Word<Boolean> yes = words.flag("--yes", "do not ask");

  public StoreRepairCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    var program = new OfflineProgram(context());
    StoreRepair plan = program.care(StoreRepair.getDefaultInstance(), List.of("plan"));
    List<String> lines = StoreText.plan(plan);
    if (plan.getProblemsCount() == 0 || dryRun.or(false)) {
      new Results(context()).show(plan, () -> String.join("\n", lines) + "\n");
      return ExitCode.OK;
    }
    if (!yes.or(false)) {
      new Confirmation(context()).ask("Repair", lines);
    } else {
      (context().output() == Output.TEXT ? context().out() : context().err())
          .println(String.join("\n", lines));
    }
    StoreRepair done = program.care(StoreRepair.getDefaultInstance(), List.of("repair"));
    new Results(context()).show(done, () -> StoreText.repaired(done));
    return ExitCode.OK;
  }
}
