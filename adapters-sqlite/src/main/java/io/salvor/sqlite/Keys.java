package io.salvor.sqlite;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.ThreadId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// Ids and times in columns. Ids are 16 bytes, so that the store's order of keys is that of
/// [TaskId]; times are whole microseconds.
final class Keys {
  private Keys() {}

  /// The instance's own thread has no task: its key is empty, and comes before all others.
  private static final byte[] INSTANCE = new byte[0];

  /// Key of the task that a thread belongs to.
  static byte[] task(ThreadId thread) {
    return switch (thread) {
      case ThreadId.OfTask(var task) -> bytes(task);
      case ThreadId.OfAttempt(var task, _) -> bytes(task);
      case ThreadId.OfInstance _ -> INSTANCE.clone();
    };
  }

  /// Number of the attempt that a thread belongs to; 0 for none.
  static int attempt(ThreadId thread) {
    return thread instanceof ThreadId.OfAttempt(_, var number) ? number : 0;
  }

  /// The task that a thread with this key belongs to; empty for the instance's own.
  static Optional<TaskId> owner(byte[] key) {
    return key.length == 0 ? Optional.empty() : Optional.of(task(key));
  }

  static byte[] bytes(TaskId task) {
    return ByteBuffer.allocate(16)
        .putLong(task.value().getMostSignificantBits())
        .putLong(task.value().getLeastSignificantBits())
        .array();
  }

  static TaskId task(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    return new TaskId(new UUID(buffer.getLong(), buffer.getLong()));
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
