package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.Times;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListTasksResponse;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/// Lists tasks, page by page as they come.
public final class TaskList extends SalvorCommand {
  private static final int PAGE = 500;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "only those in one of these states: review,approved")
  List<String> states = List.of();

  @Option(names = "--agent", paramLabel = "NAME", description = "only those of this agent")
  String agent = "";

  @Option(names = "--project", paramLabel = "DIR", description = "only those of this repository")
  String project = "";

  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      description = "AIP-160: state=REVIEW AND agent=claude")
  String filter = "";

  @Option(
      names = "--order-by",
      paramLabel = "FIELD",
      description = "create_time (default), update_time, display_id or state, each with ' desc'")
  String orderBy = "";

  @Option(names = "--limit", paramLabel = "N", description = "at most this many")
  int limit = Integer.MAX_VALUE;

  public TaskList(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var results = new Results(context());
    var all = ListTasksResponse.newBuilder();
    var surroundings = context().surroundings();
    var times = new Times(surroundings.clock().instant(), surroundings.zone());
    var paint = new Paint(surroundings.colour());
    boolean text = context().output() == Output.text;
    int left = Math.max(0, limit);
    String token = "";
    boolean first = true;
    do {
      ListTasksResponse page = page(Math.min(left, PAGE), token);
      left -= page.getTasksCount();
      token = page.getNextPageToken();
      if (context().output() == Output.json) {
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
    if (context().output() == Output.json) {
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
                .setOrderBy(orderBy)
                .build());
  }

  private String wholeFilter() {
    var parts = new ArrayList<String>();
    if (!filter.isEmpty()) {
      parts.add(filter);
    }
    if (states.size() == 1) {
      parts.add("state=" + states.getFirst().toUpperCase(Locale.ROOT));
    } else if (!states.isEmpty()) {
      parts.add("state=(" + String.join(" OR ", states).toUpperCase(Locale.ROOT) + ")");
    }
    if (!agent.isEmpty()) {
      parts.add("agent=" + quoted(agent));
    }
    if (!project.isEmpty()) {
      parts.add("project=" + quoted(context().path(project).toString()));
    }
    return String.join(" AND ", parts);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
