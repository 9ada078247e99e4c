package io.salvor.cli.backup;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Table;
import io.salvor.v1.BackupServiceGrpc;
import io.salvor.v1.PruneBackupsRequest;
import io.salvor.v1.PruneBackupsResponse;
import java.io.IOException;
import java.util.List;

/// Removes backups that the retention does not keep.
public final class BackupPrune extends SalvorCommand {
  private final Word<Boolean> dryRun = words.flag("--dry-run", "only say what would be removed");

  public BackupPrune(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    boolean only = dryRun.or(false);
    PruneBackupsResponse answer =
        new BackupProgram(context())
            .ask(
                BackupServiceGrpc.getPruneBackupsMethod(),
                PruneBackupsRequest.newBuilder().setValidateOnly(only).build(),
                PruneBackupsResponse.getDefaultInstance(),
                only ? List.of("prune", "--validate-only") : List.of("prune"));
    new Results(context()).show(answer, () -> text(answer, only));
    return ExitCode.OK;
  }

  private static String text(PruneBackupsResponse answer, boolean only) {
    Table table = new Table("");
    answer.getKeptList().forEach(it -> table.row(it.getGeneration(), "kept", it.getReason()));
    String removed = only ? "would be removed" : "removed";
    answer.getRemovedList().forEach(it -> table.row(it, removed, ""));
    String text = table.toString();
    return text.isEmpty() ? "no backups\n" : text;
  }
}
