package io.salvor.server.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.server.errors.Errors;
import io.salvor.v1.ErrorReason;
import java.time.Instant;
import java.util.Optional;

/// Resource names as AIP-122 wants them, and the few other forms that appear everywhere.
final class Names {
  /// The thread of what is about the whole instance.
  static final String INSTANCE = "instance";

  private Names() {}

  static String task(TaskId id) {
    return "tasks/" + id;
  }

  static String attempt(TaskId id, int number) {
    return task(id) + "/attempts/" + number;
  }

  static String workspace(TaskId id) {
    return task(id) + "/workspace";
  }

  /// A task as a caller named it: by uid or by display id.
  sealed interface TaskName {
    record ByUid(TaskId id) implements TaskName {}

    record ByDisplay(DisplayId display) implements TaskName {}
  }

  /// Reads `tasks/{uid}`, `tasks/TASK-0042` or either without `tasks/`.
  static TaskName parseTask(String name) {
    String id = name.startsWith("tasks/") ? name.substring("tasks/".length()) : name;
    Optional<DisplayId> display = DisplayId.parse(id);
    if (display.isPresent()) {
      return new TaskName.ByDisplay(display.get());
    }
    try {
      return new TaskName.ByUid(TaskId.of(id));
    } catch (IllegalArgumentException e) {
      throw Errors.invalid("name", "not a task: " + name + "; say tasks/TASK-0042 or tasks/{uid}");
    }
  }

  /// An attempt as a caller named it; number 0 means the last one.
  record AttemptName(TaskName task, int number) {}

  /// Reads `tasks/{task}/attempts/{number}`, where `-` means the last attempt.
  static AttemptName parseAttempt(String name) {
    String[] parts = name.split("/", -1);
    if (parts.length != 4 || !parts[0].equals("tasks") || !parts[2].equals("attempts")) {
      throw Errors.invalid("name", "not an attempt: " + name);
    }
    try {
      int number = parts[3].equals("-") ? 0 : Integer.parseInt(parts[3]);
      return new AttemptName(parseTask(parts[1]), number);
    } catch (NumberFormatException e) {
      throw Errors.invalid("name", "not the number of an attempt: " + parts[3]);
    }
  }

  /// Reads `tasks/{task}/workspace`.
  static TaskName parseWorkspace(String name) {
    if (!name.endsWith("/workspace")) {
      throw Errors.failure(
          ErrorReason.Code.INVALID, "not a workspace: " + name, "say tasks/TASK-0042/workspace");
    }
    return parseTask(name.substring(0, name.length() - "/workspace".length()));
  }

  /// What a caller chose; one that only a newer client knows is not taken for none.
  ///
  /// @param number of what was chosen
  static <E extends Enum<E>> E known(String field, E chosen, int number) {
    if (chosen.name().equals("UNRECOGNIZED")) {
      throw Errors.invalid(field, "there is no such value: " + number);
    }
    return chosen;
  }

  /// The moment that a caller named.
  static Instant instant(String field, Timestamp time) {
    if (!Timestamps.isValid(time)) {
      throw Errors.invalid(
          field,
          "no moment between the years 1 and 9999: "
              + time.getSeconds()
              + " is in seconds since 1970, with "
              + time.getNanos()
              + " nanoseconds from 0 to 999999999 beside");
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  static Timestamp time(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }
}
