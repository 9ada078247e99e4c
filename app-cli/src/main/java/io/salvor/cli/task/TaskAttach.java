package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.v1.Agent.Launcher;
import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Puts this terminal into the window that shows a task's agent, to look and not to type. Where the
/// window is on another machine, or nobody looks at this output, it says what to type there.
public final class TaskAttach extends OnTask {
  public TaskAttach(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    List<String> command = List.of("tmux", "-S", window(), "attach-session", "-r");
    var here = context().surroundings();
    if (!here.inIsTerminal() || !here.outIsTerminal() || !Files.exists(Path.of(command.get(2)))) {
      context().out().println(String.join(" ", command));
      return ExitCode.OK;
    }
    context().err().println("to leave: Ctrl-B, then D; the agent goes on");
    context().err().flush();
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().remove("TMUX"); // this terminal may itself be a window of tmux
    return started(builder).waitFor() == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static Process started(ProcessBuilder tmux) {
    try {
      return tmux.start();
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILURE, "NO_TMUX", "tmux cannot be run: " + e.getMessage(), "install tmux");
    }
  }

  /// Waits for one that is about to start.
  private String window() throws InterruptedException {
    Task task;
    try (var progress = new TaskProgress(context().err(), context().surroundings(), 2)) {
      task =
          new TaskWatcher(context(), progress)
              .follow(name(), TaskAttach::settled, Optional.empty())
              .task();
    }
    return windowOf(task).orElseThrow(() -> noWindow(task));
  }

  private static Optional<ExitCode> settled(Task task) {
    boolean comes =
        task.getAgent().getLauncher() == Launcher.TMUX
            && (task.getState() == Task.State.QUEUED || task.getState() == Task.State.CLAIMED);
    return comes ? Optional.empty() : Optional.of(ExitCode.OK);
  }

  private static Optional<String> windowOf(Task task) {
    return task.getAttemptsList().stream()
        .map(Attempt::getWindow)
        .filter(it -> !it.isEmpty())
        .findFirst();
  }

  private static Failure noWindow(Task task) {
    String id = task.getDisplayId();
    boolean runs = task.getState() == Task.State.RUNNING;
    return new Failure(
        ExitCode.WRONG_STATE,
        "WRONG_STATE",
        runs
            ? "the agent of " + id + " was started without a window"
            : id + " is " + task.getState() + ": no agent of it has a window",
        runs ? "salvor task logs --follow " + id : "salvor task dispatch --attach " + id);
  }
}
