package io.salvor.cli.task;

import io.salvor.cli.screen.Screen;
import io.salvor.cli.screen.Ticker;
import io.salvor.cli.session.Surroundings;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Money;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.Times;
import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Shows how a task is getting on: a line for each new state, and on a terminal below them one that
/// is drawn again each second.
final class TaskProgress implements Consumer<Task>, AutoCloseable {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int LONGEST_DETAIL = 200;

  private final PrintStream to;
  private final Surroundings here;
  private final Live live;
  private String lastPlain = "";

  /// @param descriptor what `to` is open as: 1 or 2
  TaskProgress(PrintStream to, Surroundings here, int descriptor) {
    this.to = to;
    this.here = here;
    boolean redraw = descriptor == 1 ? here.outIsTerminal() : here.errIsTerminal();
    this.live = redraw && !here.isDumb() ? new OnScreen(descriptor) : new InPipe();
  }

  @Override
  public void accept(Task task) {
    String plain = task.getDisplayId() + " " + task.getState() + attempt(task);
    boolean isNew = !plain.equals(lastPlain);
    lastPlain = plain;
    live.show(task, isNew);
  }

  private static String attempt(Task task) {
    int attempts = task.getAttemptsCount();
    return attempts == 0 ? "" : " (attempt " + task.getAttempts(attempts - 1).getNumber() + ")";
  }

  @Override
  public void close() {
    live.close();
  }

  /// How it is shown.
  private interface Live extends AutoCloseable {
    void show(Task task, boolean isNew);

    @Override
    void close();
  }

  /// A line for each new state.
  private final class InPipe implements Live {
    @Override
    public void show(Task task, boolean isNew) {
      if (isNew) {
        String detail = Clean.line(task.getStateDetail(), LONGEST_DETAIL);
        to.println(lastPlain + (detail.isEmpty() ? "" : ": " + detail));
        to.flush();
      }
    }

    @Override
    public void close() {}
  }

  /// The states that are over as lines that stay, the present one below them.
  private final class OnScreen implements Live {
    private final Screen screen;
    private final Ticker ticker = new Ticker(SECOND, this::tick);
    private final Paint paint = new Paint(here.colour());
    private final boolean stays;
    private volatile Task shown = Task.getDefaultInstance();

    OnScreen(int descriptor) {
      this.stays = descriptor == 1;
      this.screen = new Screen(to, here);
    }

    @Override
    public void show(Task task, boolean isNew) {
      Task before = shown;
      shown = task;
      if (isNew && before.hasStateTime()) {
        screen.say(over(before, task), List.of(line(task)));
      } else {
        tick();
      }
    }

    private void tick() {
      Task task = shown;
      if (!task.getDisplayId().isEmpty()) {
        screen.draw(List.of(line(task)));
      }
    }

    private String over(Task before, Task after) {
      String lasted =
          after.hasStateTime()
              ? "  " + Times.between(before.getStateTime(), after.getStateTime())
              : "";
      return before.getDisplayId() + " " + before.getState() + attempt(before) + lasted;
    }

    private String line(Task task) {
      var line = new StringBuilder(task.getDisplayId());
      line.append(' ').append(paint.state(task.getState(), task.getState().name()));
      line.append(attempt(task));
      if (task.hasStateTime()) {
        var times = new Times(here.clock().instant(), here::zone);
        line.append("  ").append(times.age(task.getStateTime()));
      }
      line.append(work(task));
      if (task.getTotalUsage().hasCostMicroUsd()) {
        line.append("  ").append(Money.format(task.getTotalUsage().getCostMicroUsd()));
      }
      String detail = Clean.line(task.getStateDetail(), LONGEST_DETAIL);
      return line.append(detail.isEmpty() ? "" : "  " + detail).toString();
    }

    private static String work(Task task) {
      if (task.getAttemptsCount() == 0) {
        return "";
      }
      Attempt attempt = task.getAttempts(task.getAttemptsCount() - 1);
      String calls =
          attempt.getToolCalls() > 0 ? "  " + attempt.getToolCalls() + " tool calls" : "";
      String now = Clean.line(attempt.getOpenTool(), 60);
      return calls + (now.isEmpty() ? "" : ", now " + now);
    }

    /// On standard output the last state is the result, and stays.
    @Override
    public void close() {
      ticker.close();
      if (!stays) {
        screen.draw(List.of());
      }
      screen.close();
    }
  }
}
