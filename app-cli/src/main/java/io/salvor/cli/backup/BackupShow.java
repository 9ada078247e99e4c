package io.salvor.cli.backup;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Times;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupServiceGrpc;
import io.salvor.v1.ListBackupsRequest;
import io.salvor.v1.ListBackupsResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/// Shows a backup.
public final class BackupShow extends SalvorCommand {
  private final Word<String> generation =
      words.optional(
          "GENERATION", Function.identity(), "as backup list names it (default: latest)");

  public BackupShow(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    ListBackupsResponse all =
        new BackupProgram(context())
            .ask(
                BackupServiceGrpc.getListBackupsMethod(),
                ListBackupsRequest.getDefaultInstance(),
                ListBackupsResponse.getDefaultInstance(),
                List.of("list"));
    String wanted = generation.or("latest");
    Backup backup =
        all.getBackupsList().stream()
            .filter(it -> wanted.equals("latest") || it.getGeneration().equals(wanted))
            .findFirst()
            .orElseThrow(() ->
                new Failure(
                    ExitCode.NOT_FOUND,
                    "BACKUP_NOT_FOUND",
                    "there is no backup " + wanted,
                    "salvor backup list"));
    var here = context().surroundings();
    var times = new Times(here.clock().instant(), here::zone);
    new Results(context()).show(backup, () -> BackupText.one(backup, times));
    return ExitCode.OK;
  }
}
