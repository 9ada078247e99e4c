package io.salvor.cli.task;

import io.salvor.cli.screen.Cells;
import io.salvor.cli.screen.Size;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.JsonList;
import io.salvor.cli.session.ProjectChoice;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Numbers;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lists tasks, page by page as they come.
public final class TaskList extends SalvorCommand {
  /// Of a line where nobody looks on.
  private static final int WIDEST = 1_000;

  private final Word<List<String>> states =
      words.option(
          "--state",
          "STATE",
          text -> List.of(text.split(",")),
          "only those in one of these states: review,approved");

  private final Word<String> agent = words.option("--agent", "AGENT", "only those of this agent");

  private final Word<String> project =
      words.option("--project", "DIR", "only those of this repository");

  private final Word<String> filter =
      words.option(
          "--filter",
          "EXPRESSION",
          "AIP-160: \"reason=oom_killed since=2h\"; fields: state, agent, project, creator, title,"
              + " reason, since, create_time, update_time, cost, attempts,"
              + " priority, labels, domain");

  private final Word<String> orderBy =
      words.option(
          "--order-by",
          "FIELD",
          "create_time (default), update_time, state or cost, each with ' desc', several with commas");

  private final Word<Integer> limit =
      words.option("--limit", "N", Numbers::count, "at most this many");

  private final Word<Boolean> watch =
      words.flag(
          "-w --watch",
          "look again each second: a picture on a terminal, else a line for each change");

  public TaskList(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    if (watch.or(false)) {
      return new TaskListWatch(context(), wholeFilter(), orderBy.or("")).run();
    }
    var pages = new TaskPages(context(), wholeFilter(), orderBy.or(""));
    int most = limit.or(Integer.MAX_VALUE);
    switch (context().output()) {
      case TEXT -> printRows(pages, most);
      case JSON -> printJson(pages, most);
      case JSONL -> printLines(pages, most);
    }
    return ExitCode.OK;
  }

  private void printRows(TaskPages pages, int most) {
    var surroundings = context().surroundings();
    var times = new Times(surroundings.clock().instant(), surroundings::zone);
    var paint = new Paint(surroundings.colour());
    int columns = surroundings.outIsTerminal() ? Size.now(surroundings).columns() : WIDEST;
    var head = new AtomicBoolean(true);
    pages.handOver(
        most,
        page -> {
          if (!page.isEmpty() && head.getAndSet(false)) {
            printLine(TaskRow.HEAD, columns);
          }
          page.forEach(task -> printLine(TaskRow.of(task, times, paint), columns));
          return !context().out().checkError();
        });
  }

  private void printLine(String line, int columns) {
    context().out().println(Cells.cut(line.stripTrailing(), columns));
  }

  private void printJson(TaskPages pages, int most) {
    var list = new JsonList(context(), "tasks");
    pages.handOver(
        most,
        page -> {
          page.forEach(list::add);
          return !context().out().checkError();
        });
    list.end(pages.nextToken(), pages.total());
  }

  private void printLines(TaskPages pages, int most) {
    var results = new Results(context());
    pages.handOver(
        most,
        page -> {
          page.forEach(task -> results.showNext(task, () -> ""));
          return !results.unread();
        });
  }

  private String wholeFilter() {
    var parts = new ArrayList<String>();
    filter.said().ifPresent(parts::add);
    states.said().map(TaskList::anyOf).ifPresent(parts::add);
    agent.said().ifPresent(it -> parts.add("agent=" + quoted(it)));
    project
        .said()
        .ifPresent(it -> parts.add("project=" + quoted(new ProjectChoice(context()).root(it))));
    return String.join(" AND ", parts);
  }

  private static String anyOf(List<String> states) {
    String names = String.join(" OR ", states).toUpperCase(Locale.ROOT);
    return states.size() == 1 ? "state=" + names : "state=(" + names + ")";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
