package io.salvor.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.WorkspaceCommands.CommandResult;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What every implementation of [WorkspaceCommands] keeps; run against the real one and against
/// fakes.
public abstract class WorkspaceCommandsContract {
  private static final Duration LONG = Duration.ofSeconds(50);

  /// The port.
  protected abstract WorkspaceCommands commands();

  /// A directory to work in.
  protected abstract String workspace();

  /// A command of the shell that prints `text` on both streams and exits with `status`.
  protected String printing(String text, int status) {
    return "echo " + text + "; echo " + text + " >&2; exit " + status;
  }

  /// A command of the shell that takes longer than any test.
  protected String lingering() {
    return "echo waiting; sleep 600";
  }

  /// Any attempt.
  protected final AttemptRef attempt() {
    return attempt;
  }

  private final AttemptRef attempt = new AttemptRef(new TaskId(UUID.randomUUID()), 1, 7);

  @Test
  void a_command_runs_and_tells_status_and_output() throws Exception {
    CommandResult result = commands().run(attempt, workspace(), printing("hello", 0), LONG);

    assertThat(result).isEqualTo(new CommandResult.Exited(0, "hello\nhello\n"));
  }

  @Test
  void a_failing_command_is_a_result_and_not_an_exception() throws Exception {
    CommandResult result = commands().run(attempt, workspace(), printing("no", 7), LONG);

    assertThat(result).isEqualTo(new CommandResult.Exited(7, "no\nno\n"));
  }

  @Test
  void each_command_tells_its_own_output_only() throws Exception {
    WorkspaceCommands commands = commands();
    commands.run(attempt, workspace(), printing("first", 0), LONG);

    CommandResult result = commands.run(attempt, workspace(), printing("second", 0), LONG);

    assertThat(result).isEqualTo(new CommandResult.Exited(0, "second\nsecond\n"));
  }

  @Test
  void a_command_is_ended_when_its_time_is_over_Z8() throws Exception {
    CommandResult result =
        commands().run(attempt, workspace(), lingering(), Duration.ofMillis(300));

    assertThat(result).isEqualTo(new CommandResult.TimedOut("waiting\n"));
  }

  @Test
  void a_workspace_that_is_not_there_is_a_result() throws Exception {
    CommandResult result =
        commands().run(attempt, workspace() + "/gone", printing("hello", 0), LONG);

    assertThat(result).isInstanceOf(CommandResult.NotRun.class);
  }

  @Test
  void an_interrupt_ends_the_wait_and_the_command() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    WorkspaceCommands commands = commands();
    Thread running =
        Thread.startVirtualThread(() -> {
          try {
            commands.run(attempt, workspace(), lingering(), LONG);
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });

    running.interrupt();

    interrupted.await();
    running.join();
  }
}
