package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Reconnect;
import io.salvor.cli.session.Results;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.Times;
import io.salvor.v1.MergeRefusal;
import io.salvor.v1.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tells what became of a task: at once, or after waiting for it with progress on standard error.
final class TaskReport {
  private final Context context;
  private final Results results;
  private final boolean ofMany;

  TaskReport(Context context) {
    this(context, false);
  }

  private TaskReport(Context context, boolean ofMany) {
    this.context = context;
    this.results = new Results(context);
    this.ofMany = ofMany;
  }

  /// For a command that acts on several tasks: each has one line.
  static TaskReport ofMany(Context context) {
    return new TaskReport(context, true);
  }

  /// Tells where it stands now.
  ExitCode line(Task task) {
    if (ofMany) {
      results.showNext(task, () -> text().line(task));
    } else {
      results.show(task, () -> text().line(task));
    }
    return ExitCode.OK;
  }

  /// Tells all about it.
  void full(Task task) {
    results.show(task, () -> text().full(task));
  }

  /// Tells where it stands, or waits as asked and tells all.
  ExitCode after(Task task, WaitOptions wait) throws InterruptedException {
    if (!wait.wanted()) {
      mind(task);
      return line(task);
    }
    TaskWatcher.Settled settled =
        follow(task.getName(), TaskOutcomes::settled, wait.end(context.surroundings().clock()));
    if (ofMany) {
      line(settled.task());
    } else {
      full(settled.task());
    }
    return settled.exit();
  }

  /// Waits until the gates have run, and tells all.
  ExitCode afterGates(Task task) throws InterruptedException {
    TaskWatcher.Settled settled = follow(task.getName(), TaskOutcomes::settled, Optional.empty());
    full(settled.task());
    return settled.exit();
  }

  /// Waits until a workspace is at its base or was left as it was, and tells which.
  ExitCode afterReset(Task task) throws InterruptedException {
    TaskWatcher.Settled settled = follow(task.getName(), TaskOutcomes::reset, Optional.empty());
    line(settled.task());
    return settled.exit();
  }

  /// Waits until the gates that a person wanted to see have run.
  void untilVerified(Task task) throws InterruptedException {
    follow(task.getName(), TaskOutcomes::verified, Optional.empty());
  }

  /// Tells a person what to know of its limits before it uses them.
  void mind(Task task) {
    if (context.output() == Output.TEXT) {
      task.getWarningsList().forEach(it -> context.err().println("mind: " + Clean.line(it)));
    }
  }

  /// Waits until a merge is read back and its push is done, and tells how it went.
  ExitCode afterMerge(Task task) throws InterruptedException {
    TaskWatcher.Settled settled =
        TaskOutcomes.merged(task).map(exit -> new TaskWatcher.Settled(task, exit)).orElse(null);
    if (settled == null) {
      settled = follow(task.getName(), TaskOutcomes::merged, Optional.empty());
    }
    if (settled.exit() == ExitCode.CONFLICT) {
      throw notMerged(settled.task());
    }
    if (settled.exit() == ExitCode.FAILURE) {
      throw notPushed(settled.task());
    }
    line(settled.task());
    return settled.exit();
  }

  private TaskWatcher.Settled follow(
      String name, Function<Task, Optional<ExitCode>> judge, Optional<Instant> end)
      throws InterruptedException {
    var surroundings = context.surroundings();
    try (var progress = new TaskProgress(context.err(), surroundings, 2)) {
      // Somebody has just answered: one that is away now is being started again.
      return new TaskWatcher(context, progress, new Reconnect(context, () -> {}))
          .follow(name, judge, end);
    }
  }

  private static Failure notMerged(Task task) {
    MergeRefusal refusal = task.getMergeRefusal();
    String id = task.getDisplayId();
    String reason =
        task.hasMergeRefusal() ? "MERGE_" + refusal.getKind().name() : "APPROVAL_VOIDED";
    String what =
        task.hasMergeRefusal()
            ? id + " was not merged: " + refusal.getDetail()
            : id + " was not merged: " + task.getStateDetail();
    List<String> files = refusal.getFilesList();
    String hint =
        task.getNextCommand().isEmpty() ? "salvor task show " + id : task.getNextCommand();
    return new Failure(ExitCode.CONFLICT, reason, what, files, hint);
  }

  private static Failure notPushed(Task task) {
    return new Failure(
        ExitCode.FAILURE,
        "PUSH_FAILED",
        task.getDisplayId()
            + " is merged into "
            + task.getTargetBranch()
            + ", and was not pushed to "
            + task.getPush().getRemote()
            + ": "
            + task.getPush().getDetail(),
        task.getNextCommand());
  }

  private TaskText text() {
    var surroundings = context.surroundings();
    var times = new Times(surroundings.clock().instant(), surroundings::zone);
    return new TaskText(times, new Paint(surroundings.colour()));
  }
}
