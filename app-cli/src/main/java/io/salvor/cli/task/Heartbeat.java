package io.salvor.cli.task;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Durations;
import io.salvor.cli.text.Money;
import io.salvor.cli.text.Times;
import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Consumer;

/// A line every so often, so that who looks on sees that the run is not stuck. The server gives a
/// sign of life at least every 10 s; a line comes with the first one that is due.
final class Heartbeat implements Consumer<Task> {
  /// How often.
  static final Duration EVERY = Duration.ofSeconds(60);

  private final PrintStream to;
  private final InstantSource clock;
  private final Instant begun;
  private Instant next;

  Heartbeat(PrintStream to, InstantSource clock) {
    this.to = to;
    this.clock = clock;
    this.begun = clock.instant();
    this.next = begun.plus(EVERY);
  }

  @Override
  public void accept(Task task) {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    to.println("heartbeat: " + Durations.format(Duration.between(begun, now)) + ", " + line(task));
    to.flush();
  }

  private String line(Task task) {
    var line = new StringBuilder(task.getDisplayId()).append(' ').append(task.getState());
    if (task.hasStateTime()) {
      line.append(" for ").append(age(task));
    }
    if (task.getAttemptsCount() > 0) {
      Attempt attempt = task.getAttempts(task.getAttemptsCount() - 1);
      line.append(", attempt ").append(attempt.getNumber());
      line.append(", ").append(TaskText.count(attempt.getToolCalls(), "tool call"));
      if (!attempt.getOpenTool().isEmpty()) {
        line.append(" (now ").append(Clean.line(attempt.getOpenTool(), 60)).append(')');
      }
    }
    if (task.getTotalUsage().hasCostMicroUsd()) {
      line.append(", ").append(Money.format(task.getTotalUsage().getCostMicroUsd()));
    }
    return line.toString();
  }

  private String age(Task task) {
    return new Times(clock.instant(), ZoneId::systemDefault).age(task.getStateTime());
  }
}
