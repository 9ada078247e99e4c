package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Numbers;
import io.salvor.cli.text.Paint;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Shows the server's own log; needs no server.
public final class Logs extends SalvorCommand {
  private static final long LOOK_MILLIS = 250;

  private final Word<Integer> lines =
      words.option(
          "-n --lines", "N", Numbers::countOrNone, "so many of the last lines (default: 100)");

  private final Word<Boolean> follow = words.flag("-f --follow", "go on with lines to come");

  private final LogFilter filter = new LogFilter(words, context().surroundings().clock());

  public Logs(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    Path folder = context().home().logs();
    LogFiles files = new LogFiles(folder);
    if (files.isEmpty()) {
      throw new Failure(
          ExitCode.NOT_FOUND, "NO_LOGS", "there is no log in " + folder, context().serveCommand());
    }
    try (LogNews news = new LogNews(folder)) {
      print(files.last(lines.or(100), this::isWanted));
      if (follow.or(false)) {
        follow(folder, news);
      }
    }
    return ExitCode.OK;
  }

  private boolean isWanted(String line) {
    return filter.isOpen() || filter.wants(LogLine.json(line));
  }

  private void follow(Path folder, LogNews news) throws IOException, InterruptedException {
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      folder.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      while (!context().out().checkError()) {
        var key = watch.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
        print(news.read().stream().filter(this::isWanted).toList());
      }
    }
  }

  private void print(List<String> news) {
    boolean colour = context().surroundings().colour();
    for (String line : news) {
      context()
          .out()
          .println(
              context().output() == Output.TEXT
                  ? LogLine.readable(line, context().surroundings().zone(), new Paint(colour))
                  : line);
    }
    context().out().flush();
  }
}
