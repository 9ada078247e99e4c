package io.salvor.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.salvor.domain.access.Actor;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.time.Now;
import io.salvor.record.v1.Moment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Ids, times and actors as they are stored.
final class Scalars {
  private Scalars() {}

  static ByteString uuid(UUID uuid) {
    var bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()).flip();
    return ByteString.copyFrom(bytes);
  }

  static UUID uuid(ByteString bytes) {
    if (bytes.size() != 16) {
      throw new Malformed("a UUID has 16 bytes, not " + bytes.size());
    }
    var buffer = bytes.asReadOnlyByteBuffer();
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  static ByteString task(TaskId task) {
    return uuid(task.value());
  }

  static TaskId task(ByteString bytes) {
    return new TaskId(uuid(bytes));
  }

  static List<ByteString> tasks(List<TaskId> tasks) {
    return tasks.stream().map(Scalars::task).toList();
  }

  static List<TaskId> tasksOf(List<ByteString> tasks) {
    return tasks.stream().map(Scalars::task).toList();
  }

  static List<String> actors(List<Actor> actors) {
    return actors.stream().map(Actor::value).toList();
  }

  static List<Actor> actorsOf(List<String> actors) {
    return actors.stream().map(Actor::new).toList();
  }

  static io.salvor.record.v1.AttemptRef attempt(AttemptRef attempt) {
    return io.salvor.record.v1.AttemptRef.newBuilder()
        .setTask(task(attempt.task()))
        .setNumber(attempt.number())
        .setEpoch(attempt.epoch())
        .build();
  }

  static AttemptRef attempt(io.salvor.record.v1.AttemptRef attempt) {
    return new AttemptRef(task(attempt.getTask()), attempt.getNumber(), attempt.getEpoch());
  }

  static Timestamp time(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  static Instant time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  static Moment moment(Now now) {
    return Moment.newBuilder()
        .setWall(time(now.wall()))
        .setMonotonic(duration(now.monotonic()))
        .setBootId(now.bootId())
        .build();
  }

  static Now moment(Moment moment) {
    return new Now(time(moment.getWall()), duration(moment.getMonotonic()), moment.getBootId());
  }
}
