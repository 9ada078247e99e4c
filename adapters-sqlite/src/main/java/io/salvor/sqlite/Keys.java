package io.salvor.sqlite;

import io.salvor.domain.id.TaskId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// Ids and times in columns. Ids are 16 bytes, so that the store's order of keys is that of
/// [TaskId]; times are whole microseconds.
final class Keys {
  private Keys() {}

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
