package io.salvor.domain.id;

import java.util.UUID;

/// A task's identity in all stores: a UUIDv7, made by whoever creates the task.
public record TaskId(UUID value) implements Comparable<TaskId> {

  /// The task with this UUID in text form; throws IllegalArgumentException on another form.
  public static TaskId of(String uuid) {
    return new TaskId(UUID.fromString(uuid));
  }

  @Override
  public int compareTo(TaskId other) {
    int high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
