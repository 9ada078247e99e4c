package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.Times;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListTasksResponse;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lists tasks, page by page as they come.
public final class TaskList extends SalvorCommand {
  private static final int PAGE = 500;

  private final Word<List<String>> states =
      words.option(
          "--state",
          "STATE",
          text -> List.of(text.split(",")),
          "only those in one of these states: review,approved");

  private final Word<String> agent = words.option("--agent", "NAME", "only those of this agent");

  private final Word<String> project =
      words.option("--project", "DIR", "only those of this repository");

  private final Word<String> filter =
      words.option("--filter", "EXPRESSION", "AIP-160: state=REVIEW AND agent=claude");

  private final Word<String> orderBy =
      words.option(
          "--order-by",
          "FIELD",
          "create_time (default), update_time, display_id or state, each with ' desc'");

  private final Word<Integer> limit =
      words.option("--limit", "N", Integer::valueOf, "at most this many");

  public TaskList(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var results = new Results(context());
    var all = ListTasksResponse.newBuilder();
    var surroundings = context().surroundings();
    var times = new Times(surroundings.clock().instant(), surroundings::zone);
    var paint = new Paint(surroundings.colour());
    boolean text = context().output() == Output.TEXT;
    int left = Math.max(0, limit.or(Integer.MAX_VALUE));
    String token = "";
    boolean first = true;
    do {
      ListTasksResponse page = page(Math.min(left, PAGE), token);
      left -= page.getTasksCount();
      token = page.getNextPageToken();
      if (context().output() == Output.JSON) {
        all.addAllTasks(page.getTasksList()).setTotalSize(page.getTotalSize());
        all.setNextPageToken(token);
      } else {
        if (text && first && page.getTasksCount() > 0) {
          context().out().print(TaskRow.HEAD);
        }
        for (Task task : page.getTasksList()) {
          results.showNext(task, () -> TaskRow.of(task, times, paint));
        }
      }
      first = false;
    } while (!token.isEmpty() && left > 0 && !results.unread());
    if (context().output() == Output.JSON) {
      results.show(all, () -> "");
    }
    return ExitCode.OK;
  }

  private ListTasksResponse page(int size, String token) {
    return context()
        .api()
        .call(
            TaskServiceGrpc.getListTasksMethod(),
            ListTasksRequest.newBuilder()
                .setPageSize(size)
                .setPageToken(token)
                .setFilter(wholeFilter())
                .setOrderBy(orderBy.or(""))
                .build());
  }

  private String wholeFilter() {
    var parts = new ArrayList<String>();
    filter.said().ifPresent(parts::add);
    states.said().map(TaskList::anyOf).ifPresent(parts::add);
    agent.said().ifPresent(it -> parts.add("agent=" + quoted(it)));
    project.said().ifPresent(it -> parts.add("project=" + quoted(context().path(it).toString())));
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
