package io.salvor.cli.task;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Money;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.Times;
import io.salvor.v1.Task;

/// A task as a line of a list, in columns of fixed width, so that pages fit below each other.
final class TaskRow {
  static final String HEAD =
      row("TASK", pad("STATE", 10), "FOR", "AGENT", "TRIES", "SPENT", "TITLE");

  private TaskRow() {}

  /// Where time goes by, ages of more than a minute are told in minutes: a picture of many rows
  /// would else be another each second.
  static String live(Task task, Times times, Paint paint) {
    return of(task, task.hasStateTime() ? times.roughAge(task.getStateTime()) : "", paint);
  }

  static String of(Task task, Times times, Paint paint) {
    return of(task, task.hasStateTime() ? times.age(task.getStateTime()) : "", paint);
  }

  private static String of(Task task, String age, Paint paint) {
    return row(
        task.getDisplayId(),
        paint.state(task.getState(), pad(task.getState().name(), 10)),
        age,
        Clean.line(task.getAgent().getName(), 10),
        Integer.toString(task.getAttemptsCount()),
        task.getTotalUsage().hasCostMicroUsd()
            ? Money.format(task.getTotalUsage().getCostMicroUsd())
            : "-",
        Clean.line(task.getTitle(), 100));
  }

  private static String row(
      String id, String state, String age, String agent, String tries, String spent, String title) {
    return (pad(id, 10)
                + state
                + pad(age, 8)
                + pad(agent, 11)
                + pad(tries, 6)
                + pad(spent, 8)
                + title)
            .stripTrailing()
        + "\n";
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length() + 1));
  }
}
