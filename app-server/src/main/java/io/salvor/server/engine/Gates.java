package io.salvor.server.engine;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.task.GateRun;
import io.salvor.domain.task.Task;
import io.salvor.domain.workspace.WorkspaceCommands.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs a task's gates, one after the other, until one does not pass. Thread-safe; blocks.
final class Gates {
  /// Time for one gate.
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final World world;

  Gates(World world) {
    this.world = world;
  }

  /// What does not pass, with its output; empty where all do.
  ///
  /// @param directory in which they run
  Optional<String> failure(Task task, AttemptRef attempt, String directory)
      throws InterruptedException {
    for (String gate : task.spec().gates()) {
      CommandResult result = world.commands().run(attempt, directory, gate, LIMIT);
      Optional<String> failure = CommandFailure.of(result);
      if (failure.isPresent()) {
        return Optional.of("gate `" + gate + "` " + failure.get());
      }
    }
    return Optional.empty();
  }

  /// How each went, up to the first that does not pass.
  List<GateRun> runs(Task task, AttemptRef attempt, String directory) throws InterruptedException {
    var runs = new ArrayList<GateRun>();
    for (String gate : task.spec().gates()) {
      CommandResult result = world.commands().run(attempt, directory, gate, LIMIT);
      var run = new GateRun(gate, CommandFailure.words(result), CommandFailure.output(result));
      runs.add(run);
      if (!run.passed()) {
        break;
      }
    }
    return runs;
  }
}
