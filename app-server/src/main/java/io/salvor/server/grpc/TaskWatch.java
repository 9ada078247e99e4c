package io.salvor.server.grpc;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Task;
import io.salvor.v1.WatchTaskResponse;
import org.jspecify.annotations.Nullable;

/// A task whenever it changes.
final class TaskWatch {
  private final TaskLookup lookup;
  private final RecordReader records;
  private final Changes changes;
  private final TaskMessages messages;

  TaskWatch(TaskLookup lookup, RecordReader records, Changes changes, TaskMessages messages) {
    this.lookup = lookup;
    this.records = records;
    this.changes = changes;
    this.messages = messages;
  }

  /// Sends the task as it is, unless nothing of it came after `cursor`; then every change of it.
  void send(TaskId id, long cursor, Outgoing<WatchTaskResponse> out) throws InterruptedException {
    long seen = records.lastSeq();
    boolean known = Pages.cursor(cursor, seen) != 0 && !records.anyAfter(id, cursor);
    Task told = lookup.task(id);
    if (!known) {
      send(out, told, seen);
    }
    while (true) {
      long durable = changes.awaitBeyond(seen, Changes.HEARTBEAT);
      out.checkThere();
      // While nothing was told, what was read first may be newer than what the caller knows.
      boolean grown = known && records.anyAfter(id, seen);
      Task now = lookup.task(id);
      boolean changed = known ? grown : !now.equals(told);
      boolean timeout = durable <= seen;
      seen = Math.max(seen, durable);
      if (changed) {
        send(out, now, seen);
        told = now;
        known = false;
      } else if (timeout) {
        send(out, null, seen);
      }
    }
  }

  private void send(Outgoing<WatchTaskResponse> out, @Nullable Task task, long cursor)
      throws InterruptedException {
    var response = WatchTaskResponse.newBuilder().setCursor(cursor);
    if (task != null) {
      response.setTask(messages.of(task));
    }
    out.send(response.build());
  }
}
