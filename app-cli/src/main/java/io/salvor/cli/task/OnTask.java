package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;

/// A command about one task.
abstract class OnTask extends SalvorCommand {
  private final Word<String> task = words.task();

  OnTask(Context context) {
    super(context);
  }

  /// The task's resource name.
  final String name() {
    return task.said().orElseThrow();
  }
}
