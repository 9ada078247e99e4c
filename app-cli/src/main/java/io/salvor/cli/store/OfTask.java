package io.salvor.cli.store;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;

/// A command about the workspace of one task.
abstract class OfTask extends SalvorCommand {
  private final Word<String> task = words.task();

  OfTask(Context context) {
    super(context);
  }

  /// The task's resource name.
  final String name() {
    return task.said().orElseThrow();
  }
}
