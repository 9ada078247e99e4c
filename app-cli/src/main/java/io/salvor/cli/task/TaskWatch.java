package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Results;
import io.salvor.v1.Task;
import java.util.Optional;
import java.util.function.Consumer;

/// Follows a task until it needs a person or is over.
public final class TaskWatch extends OnTask {
  public TaskWatch(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    var surroundings = context().surroundings();
    if (context().output() != Output.TEXT) {
      return follow(new EachChange(new Results(context())));
    }
    try (var progress = new TaskProgress(context().out(), surroundings, 1)) {
      ExitCode exit = follow(progress);
      return exit;
    }
  }

  private ExitCode follow(Consumer<Task> onSign) throws InterruptedException {
    return new TaskWatcher(context(), onSign).follow(name(), this::over, Optional.empty()).exit();
  }

  /// Nothing is left to do where nobody reads on.
  private Optional<ExitCode> over(Task task) {
    return context().out().checkError() ? Optional.of(ExitCode.OK) : TaskOutcomes.settled(task);
  }

  /// Prints a task whenever it is another than before.
  private static final class EachChange implements Consumer<Task> {
    private final Results results;
    private Task last = Task.getDefaultInstance();

    EachChange(Results results) {
      this.results = results;
    }

    @Override
    public void accept(Task task) {
      if (!task.equals(last)) {
        results.showNext(task, () -> "");
        last = task;
      }
    }
  }
}
