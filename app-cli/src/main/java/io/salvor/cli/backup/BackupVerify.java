package io.salvor.cli.backup;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Clean;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupServiceGrpc;
import io.salvor.v1.VerifyBackupsRequest;
import io.salvor.v1.VerifyBackupsResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/// Reads all bytes of backups again.
public final class BackupVerify extends SalvorCommand {
  private final Word<String> generation =
      words.optional("GENERATION", Function.identity(), "only this one");

  private final From from =
      new From(
          words.option("--from", "PLACE", From.FROM_HELP),
          words.option("--key", "KEY", From.KEY_HELP));

  public BackupVerify(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    String wanted = generation.or("");
    var program = new BackupProgram(context());
    var none = VerifyBackupsResponse.getDefaultInstance();
    List<String> arguments =
        wanted.isEmpty() ? from.arguments("verify") : from.arguments("verify", "--to=" + wanted);
    VerifyBackupsResponse answer =
        from.isSaid()
            ? program.run(none, arguments)
            : program.ask(
                BackupServiceGrpc.getVerifyBackupsMethod(),
                VerifyBackupsRequest.newBuilder().setGeneration(wanted).build(),
                none,
                arguments);
    new Results(context()).show(answer, () -> text(answer));
    boolean well = answer.getBackupsList().stream().allMatch(it -> it.getProblemsCount() == 0);
    return well ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static String text(VerifyBackupsResponse answer) {
    var text = new StringBuilder();
    for (Backup backup : answer.getBackupsList()) {
      text.append(backup.getGeneration());
      text.append(backup.getProblemsCount() == 0 ? "  as it was written\n" : "  DAMAGED\n");
      backup
          .getProblemsList()
          .forEach(it -> text.append("  ! ").append(Clean.line(it)).append('\n'));
    }
    return text.isEmpty() ? "no backups\n" : text.toString();
  }
}
