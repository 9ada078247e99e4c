package io.salvor.server.backup;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.time.Now;
import io.salvor.process.AgentEnvironment;
import io.salvor.process.LinuxAgentProcesses;
import io.salvor.server.config.Home;
import io.salvor.server.engine.HostClock;
import io.salvor.sqlite.StoreCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Attempts that a restored store knows nothing of, since they began after the backup: their agents
/// are ended, and their flight recorders moved aside, so that no later attempt of the same number
/// takes them for its own.
final class LeftAttempts {
  private final Home home;

  LeftAttempts(Home home) {
    this.home = home;
  }

  /// @param store the store to be
  /// @param notes what was done, for people
  void moveAside(Path store, Instant now, List<String> notes)
      throws IOException, InterruptedException {
    Map<TaskId, Integer> known;
    try (var copy = StoreCopy.open(store)) {
      known = copy.attempts();
    }
    Path aside = home.root().resolve("attempts.aside-" + now.toEpochMilli());
    for (Path task : Disk.folders(home.attempts())) {
      TaskId id = new TaskId(UUID.fromString(task.getFileName().toString()));
      for (Path attempt : Disk.folders(task)) {
        int number = Integer.parseInt(attempt.getFileName().toString());
        if (number > known.getOrDefault(id, 0)) {
          end(new AttemptRef(id, number, 1));
          Path target =
              Disk.folder(aside.resolve(task.getFileName())).resolve(attempt.getFileName());
          Disk.moveFolder(attempt, target);
          notes.add(
              "attempt " + number + " of " + id + " began later; it was ended, see " + target);
        }
      }
    }
  }

  private void end(AttemptRef attempt) throws InterruptedException {
    var clock = new HostClock();
    var processes =
        new LinuxAgentProcesses(
            home.root(),
            new AgentEnvironment(System.getenv(), List.of()),
            Map.of(),
            clock::now,
            LinuxAgentProcesses.LONGEST_LINE);
    var nobody =
        new Agent(
            "command", Protocol.COMMAND, PermissionProfile.EDIT, List.of("true"), Optional.empty());
    processes.end(attempt, nobody, "", 0, Deaf.OBSERVER);
  }

  /// What it still said stays in its flight recorder.
  private enum Deaf implements AgentProcesses.Observer {
    OBSERVER;

    @Override
    public boolean output(OutputBatch batch) {
      return false;
    }

    @Override
    public void alive(Now at, boolean progress, long written) {}
  }
}
