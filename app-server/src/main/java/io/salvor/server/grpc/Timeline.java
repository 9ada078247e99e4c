package io.salvor.server.grpc;

import io.salvor.domain.journal.Entry;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import io.salvor.records.ThreadFold;
import io.salvor.v1.TimelineEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task's records in words, a line for each; of a longer one, the first and the last. Used by one
/// thread.
final class Timeline {
  private static final int FIRST = 100;
  private static final int LAST = 300;

  private final ThreadFold fold = new ThreadFold();
  private final List<TimelineEntry> first = new ArrayList<>();
  private final Deque<TimelineEntry> last = new ArrayDeque<>();
  private TaskState.@Nullable Kind before;

  /// Takes the next record of the task and its attempts, from the first on.
  void take(StoredRecord stored) {
    fold.add(stored);
    TimelineEntry line = line(stored, fold.thread().orElseThrow().task());
    if (first.size() < FIRST) {
      first.add(line);
      return;
    }
    if (last.size() == LAST) {
      last.removeFirst();
    }
    last.addLast(line);
  }

  List<TimelineEntry> lines() {
    var lines = new ArrayList<>(first);
    lines.addAll(last);
    return lines;
  }

  private TimelineEntry line(StoredRecord stored, Task after) {
    Entry entry = RecordCodec.decode(stored);
    var line =
        TimelineEntry.newBuilder()
            .setSeq(entry.seq())
            .setTime(Names.time(entry.at()))
            .setActor(entry.actor().value())
            .setKind(stored.readHeader().getKind())
            .setAttempt(entry.attemptEpoch() == 0 ? 0 : after.lastAttempt())
            .setText(FactLine.of(entry.ofTask().orElseThrow().fact()));
    if (after.kind() != before) {
      line.setState(TaskMessages.state(after.kind()));
      before = after.kind();
    }
    return line.build();
  }
}
