package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Word;
import io.salvor.cli.session.Words;
import io.salvor.cli.text.Money;
import io.salvor.v1.Limits;
import io.salvor.v1.Task;
import java.util.Optional;

/// A command after which an attempt begins: it may say what the tasks may use from now on, and wait
/// for what comes of it.
abstract class OnTasksToWorkOn extends OnTasks {
  private final Word<Long> budget = budget(words);
  private final LimitOptions limits = new LimitOptions(words);
  private final WaitOptions wait = new WaitOptions(words);

  OnTasksToWorkOn(Context context) {
    super(context);
  }

  static Word<Long> budget(Words words) {
    return words.option(
        "--budget",
        "USD",
        Money::parse,
        "what the task may spend from now on, over all its attempts");
  }

  /// In millionths of a US dollar; empty for as much as before.
  final Optional<Long> budget() {
    return budget.said();
  }

  final Limits limits() {
    return limits.message();
  }

  @Override
  final boolean waits() {
    return wait.wanted();
  }

  @Override
  final ExitCode tell(Task task, TaskReport report) throws InterruptedException {
    return report.after(task, wait);
  }
}
