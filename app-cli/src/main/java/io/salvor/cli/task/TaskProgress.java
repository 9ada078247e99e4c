package io.salvor.cli.task;

import io.salvor.cli.session.Surroundings;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Money;
import io.salvor.cli.text.Times;
import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import java.io.PrintStream;
import java.util.function.Consumer;

/// Shows how a task is getting on: one line that is drawn again on a terminal, else a line for each
/// new state.
final class TaskProgress implements Consumer<Task>, AutoCloseable {
  private static final String REDRAW = "\r\u001b[K";

  private final PrintStream to;
  private final Surroundings surroundings;
  private final boolean redraw;
  private final int width;
  private String lastPlain = "";

  /// @param redraw whether `to` is a terminal
  TaskProgress(PrintStream to, Surroundings surroundings, boolean redraw) {
    this.to = to;
    this.surroundings = surroundings;
    this.redraw = redraw;
    this.width = surroundings.variable("COLUMNS").map(TaskProgress::columns).orElse(80);
  }

  private static int columns(String text) {
    return text.matches("[1-9]\\d{1,3}") ? Math.max(20, Integer.parseInt(text)) : 80;
  }

  @Override
  public void accept(Task task) {
    String plain = task.getDisplayId() + " " + task.getState() + attempt(task);
    if (redraw) {
      if (!lastPlain.isEmpty() && !plain.equals(lastPlain)) {
        to.print(REDRAW + lastPlain + "\n");
      }
      to.print(REDRAW + Clean.line(live(task, plain), width - 1));
    } else if (!plain.equals(lastPlain)) {
      String detail = Clean.line(task.getStateDetail(), 200);
      to.println(detail.isEmpty() ? plain : plain + ": " + detail);
    }
    lastPlain = plain;
    to.flush();
  }

  private static String attempt(Task task) {
    int attempts = task.getAttemptsCount();
    return attempts == 0 ? "" : " (attempt " + task.getAttempts(attempts - 1).getNumber() + ")";
  }

  private String live(Task task, String plain) {
    var line = new StringBuilder(plain);
    if (task.hasStateTime()) {
      var times = new Times(surroundings.clock().instant(), surroundings::zone);
      line.append("  ").append(times.age(task.getStateTime()));
    }
    if (task.getAttemptsCount() > 0) {
      Attempt attempt = task.getAttempts(task.getAttemptsCount() - 1);
      if (attempt.getToolCalls() > 0) {
        line.append("  ").append(attempt.getToolCalls()).append(" tool calls");
      }
      if (!attempt.getOpenTool().isEmpty()) {
        line.append(", now ").append(attempt.getOpenTool());
      }
    }
    if (task.getTotalUsage().hasCostMicroUsd()) {
      line.append("  ").append(Money.format(task.getTotalUsage().getCostMicroUsd()));
    }
    return line.toString();
  }

  /// Leaves the cursor at the beginning of an empty line.
  @Override
  public void close() {
    if (redraw && !lastPlain.isEmpty()) {
      to.print(REDRAW);
      to.flush();
    }
  }
}
