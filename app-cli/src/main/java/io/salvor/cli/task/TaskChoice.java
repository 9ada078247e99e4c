package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.TaskNames;
import io.salvor.cli.text.Times;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Which tasks a command acts on: those named, or those that a filter finds.
final class TaskChoice {
  static final String FILTER_HELP = "as in --filter \"reason=oom_killed since=2h\"";

  private final Context context;
  private final CommandLine line;

  /// @param line for errors in what was typed
  TaskChoice(Context context, CommandLine line) {
    this.context = context;
    this.line = line;
  }

  /// Resource names of what was typed, each once.
  List<String> names(List<String> typed) {
    var names = new LinkedHashSet<String>();
    for (String word : typed) {
      try {
        names.add(TaskNames.parse(word));
      } catch (IllegalArgumentException unfit) {
        throw new ParameterException(line, String.valueOf(unfit.getMessage()));
      }
    }
    return List.copyOf(names);
  }

  /// The tasks, looked at. Where one that is named is not there, none is acted on.
  List<Chosen> of(List<String> names, Optional<String> filter) {
    if (filter.isEmpty() && names.isEmpty()) {
      throw new ParameterException(line, "which task? Name one, several, or a --filter");
    }
    if (filter.isPresent() && !names.isEmpty()) {
      throw new ParameterException(line, "name tasks or a --filter, not both");
    }
    return filter.isPresent() ? matching(filter.get()) : looked(names);
  }

  private List<Chosen> looked(List<String> names) {
    List<Chosen> chosen = new ArrayList<>();
    for (String name : names) {
      var request = GetTaskRequest.newBuilder().setName(name).build();
      Task task = context.api().call(TaskServiceGrpc.getGetTaskMethod(), request);
      chosen.add(new Chosen(task.getName(), "", task.getDisplayId(), row(task)));
    }
    return chosen;
  }

  private List<Chosen> matching(String filter) {
    List<Chosen> chosen = new ArrayList<>();
    new TaskPages(context, filter, "")
        .each(task ->
            chosen.add(new Chosen(task.getName(), task.getEtag(), task.getDisplayId(), row(task))));
    if (chosen.isEmpty()) {
      throw new Failure(
          ExitCode.NOT_FOUND, "NO_MATCH", "no task matches " + filter, "salvor task list");
    }
    return chosen;
  }

  private String row(Task task) {
    var here = context.surroundings();
    return TaskRow.of(task, new Times(here.clock().instant(), here::zone), new Paint(false));
  }
}
