package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Converters;
import io.salvor.cli.session.SalvorCommand;
import picocli.CommandLine.Parameters;

/// A command about one task.
abstract class OnTask extends SalvorCommand {
  @Parameters(
      index = "0",
      paramLabel = "TASK",
      description = "TASK-0001, 1, its UUID or tasks/...",
      converter = Converters.TaskName.class)
  String name = "";

  OnTask(Context context) {
    super(context);
  }
}
