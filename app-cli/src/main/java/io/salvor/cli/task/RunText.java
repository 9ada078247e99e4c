package io.salvor.cli.task;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Durations;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.Table;
import io.salvor.v1.RunResult;
import java.time.Duration;

/// What came of a run, as a person reads it.
final class RunText {
  private RunText() {}

  static String of(RunResult result, Paint paint) {
    Table table = new Table("  ");
    table.row("state", paint.state(result.getState(), result.getState().name()) + detail(result));
    if (!result.getQuestion().isEmpty()) {
      table.row("it asks", Clean.line(result.getQuestion()));
    }
    if (result.hasEnding()) {
      table.row("ending", TaskText.ending(result.getEnding()));
    }
    table.row("attempt", attempt(result));
    table.row("lasted", Durations.format(Duration.ofSeconds(result.getDuration().getSeconds())));
    table.row(
        "spent",
        TaskText.usage(result.getUsage())
            + ", "
            + TaskText.count(result.getToolCalls(), "tool call"));
    if (!result.getBranch().isEmpty()) {
      table.row("work", work(result));
    }
    if (!result.getNextCommand().isEmpty()) {
      table.row("next", result.getNextCommand());
    }
    return result.getTask() + "  " + result.getStatus() + "\n" + table;
  }

  private static String detail(RunResult result) {
    String detail = Clean.line(result.getStateDetail(), 300);
    return detail.isEmpty() ? "" : ": " + detail;
  }

  private static String attempt(RunResult result) {
    String session =
        result.getSession().isEmpty() ? "" : ", session " + Clean.line(result.getSession());
    String restarts =
        result.getRestarts() == 0
            ? ""
            : ", after " + TaskText.count(result.getRestarts(), "restart");
    return result.getAttempt() == 0 ? "none" : result.getAttempt() + session + restarts;
  }

  private static String work(RunResult result) {
    String files = result.hasFiles() ? " in " + TaskText.count(result.getFiles(), "file") : "";
    String uncommitted =
        result.getUncommittedFiles() == 0
            ? ""
            : ", " + TaskText.count(result.getUncommittedFiles(), "uncommitted file");
    return TaskText.count(result.getCommits(), "commit")
        + files
        + uncommitted
        + ", on "
        + result.getBranch();
  }
}
