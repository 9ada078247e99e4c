package io.salvor.cli.task;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Table;
import io.salvor.cli.text.Times;
import io.salvor.v1.AttemptSummary;
import io.salvor.v1.ToolCall;
import io.salvor.v1.ToolTime;

/// What an attempt that was ended for its time did with it, as a person reads it.
final class AttemptSummaryText {
  private static final int INPUT = 100;

  private AttemptSummaryText() {}

  static String of(AttemptSummary summary, Times times) {
    Table table = new Table("  ");
    for (ToolCall call : summary.getOpenCallsList()) {
      table.row(
          "open",
          "since " + times.clock(call.getStartTime()),
          length(call.getLasted()),
          shown(call));
    }
    if (summary.hasLastCall()) {
      ToolCall last = summary.getLastCall();
      table.row(
          "last",
          (last.getOk() ? "ok" : "failed") + " at " + times.clock(last.getStartTime()),
          length(last.getLasted()),
          shown(last));
    }
    for (ToolTime tool : summary.getToolsList()) {
      table.row(
          "in all",
          TaskText.count(tool.getCalls(), "call")
              + (tool.getFailed() == 0 ? "" : ", " + tool.getFailed() + " failed"),
          length(tool.getTime()),
          Clean.line(tool.getTool(), INPUT));
    }
    var text =
        new StringBuilder("\nits time, ").append(length(summary.getLasted())).append(" in all\n");
    text.append(table.isEmpty() ? "  no tool was called\n" : table.toString());
    if (!summary.getChanged().isEmpty()) {
      text.append("\nwhat it changed\n");
      summary
          .getChanged()
          .lines()
          .forEach(line -> text.append("  ").append(Clean.line(line, 200)).append('\n'));
    }
    return text.toString();
  }

  private static String shown(ToolCall call) {
    return Clean.line(call.getTool() + " " + call.getInput(), INPUT);
  }

  private static String length(Duration lasted) {
    return io.salvor.cli.text.Durations.format(
        java.time.Duration.ofMillis(Durations.toMillis(lasted)));
  }
}
