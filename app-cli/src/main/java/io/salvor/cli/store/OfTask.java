package io.salvor.cli.store;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Converters;
import io.salvor.cli.session.SalvorCommand;
import picocli.CommandLine.Parameters;

/// A command about the workspace of one task.
abstract class OfTask extends SalvorCommand {
  @Parameters(
      index = "0",
      paramLabel = "TASK",
      description = "TASK-0001, 1, its UUID or tasks/...",
      converter = Converters.TaskName.class)
  String name = "";

  OfTask(Context context) {
    super(context);
  }
}
