package io.salvor.server.access;

import io.salvor.domain.id.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// Finds out whether a process belongs to an attempt: it, one of its ancestors, or the leader of
/// its session carries the marker in its environment. Reads `/proc`; thread-safe.
final class InsideAttempt {
  private static final String MARKER = "SALVOR_ATTEMPT=";
  private static final int FARTHEST_ANCESTOR = 64;

  private InsideAttempt() {}

  /// The task of the attempt that `pid` belongs to.
  static Optional<TaskId> taskOf(long pid) {
    for (long candidate : lineage(pid)) {
      Optional<TaskId> task = marker(candidate);
      if (task.isPresent()) {
        return task;
      }
    }
    return Optional.empty();
  }

  private static SequencedSet<Long> lineage(long pid) {
    var lineage = new LinkedHashSet<Long>();
    long next = pid;
    while (next > 1 && lineage.size() < FARTHEST_ANCESTOR && lineage.add(next)) {
      next = stat(next, 1);
    }
    long sessionLeader = stat(pid, 3);
    if (sessionLeader > 1) {
      lineage.add(sessionLeader);
    }
    return lineage;
  }

  /// A number from `/proc/<pid>/stat`, counted after the program's name, which may hold anything: 1
  /// is the parent, 3 the session. 0 where there is no such process.
  private static long stat(long pid, int field) {
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[field]);
    } catch (IOException e) {
      return 0;
    }
  }

  private static Optional<TaskId> marker(long pid) {
    try {
      String environment =
          Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
      for (String variable : environment.split("\0", -1)) {
        if (variable.startsWith(MARKER)) {
          String uuid = variable.substring(MARKER.length()).split("/", -1)[0];
          return Optional.of(TaskId.of(uuid));
        }
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
