package io.salvor.records;

import com.google.protobuf.ByteString;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A task in the projection that lists them: what queries look for, and the whole task as bytes.
///
/// A pure fold of the task's records, so it can be thrown away and made again. The engine never
/// reads it.
///
/// @param closed whether nothing is left to be done and the engine leaves the thread in the store
/// @param createdAt in whole microseconds
/// @param updatedAt in whole microseconds
/// @param attempts number of the latest attempt
/// @param snapshot the whole task
public record TaskRow(
    TaskId id,
    DisplayId display,
    String title,
    String project,
    String agent,
    Kind state,
    boolean closed,
    long since,
    long revision,
    Instant createdAt,
    Instant updatedAt,
    Optional<MicroUsd> cost,
    long tokens,
    int attempts,
    ByteString snapshot) {

  /// Rises whenever a row would look different: rows of an older version are thrown away and folded
  /// anew.
  public static final int VERSION = 7;

  /// The row of a task as its thread leaves it.
  public static TaskRow of(OpenThread thread) {
    Task task = thread.task();
    return new TaskRow(
        task.id(),
        task.display(),
        task.spec().title(),
        task.spec().project(),
        task.spec().agent().name(),
        task.kind(),
        task.isSettled(),
        task.since(),
        task.revision(),
        task.createdAt().truncatedTo(ChronoUnit.MICROS),
        task.updatedAt().truncatedTo(ChronoUnit.MICROS),
        task.cost(),
        task.tokens(),
        task.lastAttempt(),
        TaskSnapshots.write(task));
  }

  /// The task that the snapshot holds.
  ///
  /// @throws IllegalStateException where the snapshot is none
  public Task task() {
    return TaskSnapshots.read(snapshot);
  }
}
