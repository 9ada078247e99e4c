package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.text.Clean;

/// Tells what became of each of several tasks, a line for each, and remembers the worst.
final class EachResult {
  private final Context context;
  private ExitCode worst = ExitCode.OK;

  EachResult(Context context) {
    this.context = context;
  }

  /// What is done to one task and told with this report.
  @FunctionalInterface
  interface Deed {
    ExitCode with(TaskReport report) throws InterruptedException;
  }

  void of(Chosen task, Deed deed) throws InterruptedException {
    try {
      worst = worst.worse(deed.with(TaskReport.ofMany(context)));
    } catch (Failure refused) {
      failed(task, refused);
    }
  }

  /// A refusal is a result as any other, and goes where results go.
  void failed(Chosen task, Failure refused) {
    worst = worst.worse(refused.exit());
    if (context.output() == Output.TEXT) {
      String hint = refused.hint().isEmpty() ? "" : "  try: " + Clean.line(refused.hint());
      context.out().println(task.id() + "  not done: " + Clean.line(refused.what()) + hint);
    } else {
      context.out().println("{\"task\": \"" + task.id() + "\", \"error\": " + refused.json() + "}");
    }
    context.out().flush();
  }

  ExitCode worst() {
    return worst;
  }
}
