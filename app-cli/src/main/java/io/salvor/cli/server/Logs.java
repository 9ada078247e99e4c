package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Shows the server's own log; needs no server.
public final class Logs extends SalvorCommand {
  private static final long LOOK_MILLIS = 250;

  private final Word<Integer> lines =
      words.option("-n --lines", "N", Integer::valueOf, "so many of the last lines (default: 100)");

  private final Word<Boolean> follow = words.flag("-f --follow", "go on with lines to come");

  public Logs(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    Path folder = context().home().logs();
    LogFiles files = new LogFiles(folder);
    if (files.isEmpty()) {
      throw new Failure(
          ExitCode.NOT_FOUND, "NO_LOGS", "there is no log in " + folder, "salvor serve");
    }
    print(files.last(Math.max(0, lines.or(100))));
    if (follow.or(false)) {
      try (WatchService watch = folder.getFileSystem().newWatchService()) {
        folder.register(
            watch,
            java.nio.file.StandardWatchEventKinds.ENTRY_CREATE,
            java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY);
        while (!context().out().checkError()) {
          var key = watch.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          if (key != null) {
            key.pollEvents();
            key.reset();
          }
          print(files.news());
        }
      }
    }
    return ExitCode.OK;
  }

  private void print(List<String> news) {
    for (String line : news) {
      context()
          .out()
          .println(
              context().output() == Output.TEXT
                  ? LogLine.readable(line, context().surroundings().zone())
                  : line);
    }
    context().out().flush();
  }
}
