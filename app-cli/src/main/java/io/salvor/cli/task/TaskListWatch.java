package io.salvor.cli.task;

import io.salvor.cli.screen.Screen;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Reconnect;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.Surroundings;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A list of tasks that is looked at again each second: on a terminal one picture, in a pipe a line
/// for each task that came to another state.
final class TaskListWatch {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Context context;
  private final String filter;
  private final String orderBy;
  private final Surroundings here;

  /// @param filter empty for all
  /// @param orderBy empty for those first that came to their state last
  TaskListWatch(Context context, String filter, String orderBy) {
    this.context = context;
    this.filter = filter;
    this.orderBy = orderBy.isEmpty() ? "update_time desc" : orderBy;
    this.here = context.surroundings();
  }

  /// Goes on until nobody reads on, or the process is ended.
  ExitCode run() throws InterruptedException {
    boolean picture = context.output() == Output.TEXT && here.outIsTerminal() && !here.isDumb();
    if (!picture) {
      return news();
    }
    try (var screen = new Screen(context.out(), here)) {
      again(() -> screen.draw(picture(screen)));
    }
    return ExitCode.OK;
  }

  private ExitCode news() throws InterruptedException {
    var results = new Results(context);
    var paint = new Paint(here.colour());
    var changes = new TaskChanges(context, filter);
    again(
        () -> changes.each(task -> results.showNext(task, () -> TaskRow.of(task, times(), paint))));
    return ExitCode.OK;
  }

  /// Does it each second; bears with a server that goes away for a while.
  private void again(Runnable look) throws InterruptedException {
    var reconnect = new Reconnect(context);
    while (!context.out().checkError()) {
      try {
        look.run();
        reconnect.heard();
        reconnect.pause(SECOND);
      } catch (Failure away) {
        reconnect.after(away);
      }
    }
  }

  private List<String> picture(Screen screen) {
    int most = screen.rows() - 2;
    var paint = new Paint(here.colour());
    List<String> lines = new ArrayList<>();
    lines.add(TaskRow.HEAD.stripTrailing());
    var pages = new TaskPages(context, filter, orderBy);
    pages.handOver(
        most,
        page -> {
          page.forEach(task -> lines.add(TaskRow.live(task, times(), paint).stripTrailing()));
          return true;
        });
    int more = pages.total() - (lines.size() - 1);
    if (more > 0) {
      lines.add("... and " + more + " more");
    } else if (!pages.nextToken().isEmpty()) {
      lines.add("... and more");
    }
    return lines;
  }

  private Times times() {
    return new Times(here.clock().instant(), here::zone);
  }
}
