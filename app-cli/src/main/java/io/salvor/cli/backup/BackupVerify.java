package io.salvor.cli.backup;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Clean;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupServiceGrpc;
import io.salvor.v1.DamagedSegment;
import io.salvor.v1.VerifyBackupsRequest;
import io.salvor.v1.VerifyBackupsResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/// Reads all bytes of backups again, and of the segments that go on from them.
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
    boolean well =
        answer.getDamagedSegmentsCount() == 0
            && answer.getBackupsList().stream().allMatch(it -> it.getProblemsCount() == 0);
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
    if (answer.getSegments() > 0) {
      text.append(segments(answer));
    }
    return text.isEmpty() ? "no backups\n" : text.toString();
  }

  private static String segments(VerifyBackupsResponse answer) {
    int damaged = answer.getDamagedSegmentsCount();
    String read = BackupText.count(answer.getSegments(), "segment");
    if (damaged == 0) {
      return read + " of the log  as written\n";
    }
    var text = new StringBuilder(read + " of the log, of which " + damaged + " DAMAGED\n");
    for (DamagedSegment it : answer.getDamagedSegmentsList()) {
      text.append("  ! records ").append(it.getFirstSeq()).append(" to ").append(it.getLastSeq());
      text.append(", ").append(it.getName());
      text.append(": ").append(Clean.line(it.getProblem())).append('\n');
    }
    return text.append("  a new backup needs none of them: salvor backup create\n").toString();
  }
}
