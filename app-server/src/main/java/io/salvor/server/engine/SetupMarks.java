package io.salvor.server.engine;

import io.salvor.domain.id.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Remembers that a workspace's set-up ran to its end, so that one that a crash cut off is run
/// again.
public final class SetupMarks {
  private final Path attempts;

  /// @param attempts the folder of the flight recorders
  public SetupMarks(Path attempts) {
    this.attempts = attempts;
  }

  boolean isDone(TaskId task) {
    return Files.exists(mark(task));
  }

  void done(TaskId task) {
    try {
      Files.createDirectories(mark(task).getParent());
      Files.writeString(mark(task), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void forget(TaskId task) {
    try {
      Files.deleteIfExists(mark(task));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path mark(TaskId task) {
    return attempts.resolve(task.toString()).resolve("setup-done");
  }
}
