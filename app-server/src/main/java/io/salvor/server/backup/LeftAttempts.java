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
import java.util.OptionalInt;

/// Attempts that a restored store knows nothing of, since they began after the backup: their agents
/// are ended, and their flight recorders moved aside, so that no later attempt of the same number
/// takes them for its own. What is no flight recorder is left as it is.
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
      Optional<TaskId> id = task(task);
      if (id.isEmpty()) {
        notes.add(strange(task));
        continue;
      }
      for (Path attempt : Disk.folders(task)) {
        OptionalInt number = number(attempt);
        if (number.isEmpty()) {
          notes.add(strange(attempt));
        } else if (number.getAsInt() > known.getOrDefault(id.get(), 0)) {
          end(new AttemptRef(id.get(), number.getAsInt(), 1));
          notes.add(moved(attempt, Disk.folder(aside.resolve(task.getFileName()))));
        }
      }
    }
  }

  /// As a flight recorder's folder is named, and no other way; empty for what people put there.
  private static Optional<TaskId> task(Path folder) {
    String name = folder.getFileName().toString();
    try {
      return Optional.of(TaskId.of(name)).filter(it -> it.toString().equals(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static OptionalInt number(Path folder) {
    String name = folder.getFileName().toString();
    return name.matches("[1-9]\\d{0,8}")
        ? OptionalInt.of(Integer.parseInt(name))
        : OptionalInt.empty();
  }

  private static String strange(Path folder) {
    return folder + " is not of an attempt; it was left as it is";
  }

  private static String moved(Path attempt, Path to) throws IOException {
    Path target = to.resolve(attempt.getFileName());
    Disk.moveFolder(attempt, target);
    return "attempt "
        + attempt.getFileName()
        + " of "
        + to.getFileName()
        + " began later; it was ended, see "
        + target;
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
