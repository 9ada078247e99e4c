package io.salvor.cli.backup;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.v1.BackupServiceGrpc;
import io.salvor.v1.CreateBackupRequest;
import io.salvor.v1.CreateBackupResponse;
import java.time.Duration;

/// Makes a backup now.
public final class BackupCreate extends SalvorCommand {
  private static final Duration LONG = Duration.ofHours(6);

  public BackupCreate(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    CreateBackupResponse answer =
        context()
            .api()
            .call(
                BackupServiceGrpc.getCreateBackupMethod(),
                CreateBackupRequest.getDefaultInstance(),
                LONG);
    new Results(context()).show(answer, () -> text(answer));
    return ExitCode.OK;
  }

  private static String text(CreateBackupResponse answer) {
    if (!answer.hasBackup()) {
      return "there is nothing to back up yet\n";
    }
    String generation = answer.getBackup().getGeneration();
    return answer.getUnchanged()
        ? generation + " has all there is\n"
        : generation + " is verified, up to record " + answer.getBackup().getLastSeq() + "\n";
  }
}
