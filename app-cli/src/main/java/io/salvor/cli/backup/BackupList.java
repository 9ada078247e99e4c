package io.salvor.cli.backup;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Times;
import io.salvor.v1.BackupServiceGrpc;
import io.salvor.v1.ListBackupsRequest;
import io.salvor.v1.ListBackupsResponse;
import java.io.IOException;
import java.util.List;

/// Lists backups.
public final class BackupList extends SalvorCommand {
  private final Word<Boolean> all =
      words.flag("--all", "of every home whose backups lie in the same folder");

  private final From from =
      new From(
          words.option("--from", "PLACE", From.FROM_HELP),
          words.option("--key", "KEY", From.KEY_HELP));

  public BackupList(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    var program = new BackupProgram(context());
    var none = ListBackupsResponse.getDefaultInstance();
    List<String> arguments =
        all.or(false) ? from.arguments("list", "--all") : from.arguments("list");
    ListBackupsResponse answer =
        from.isSaid()
            ? program.run(none, arguments)
            : program.ask(
                BackupServiceGrpc.getListBackupsMethod(),
                ListBackupsRequest.newBuilder().setAllKeys(all.or(false)).build(),
                none,
                arguments);
    var here = context().surroundings();
    var times = new Times(here.clock().instant(), here::zone);
    new Results(context()).show(answer, () -> BackupText.list(answer, all.or(false), times));
    return ExitCode.OK;
  }
}
