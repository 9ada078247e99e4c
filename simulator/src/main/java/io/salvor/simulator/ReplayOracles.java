package io.salvor.simulator;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.ThreadId;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import io.salvor.records.ThreadFold;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The log, read back from its bytes up to the end of some decision, tells the state that was there
/// then.
final class ReplayOracles {
  private static final int KEPT = 4;

  private final List<Moment> moments = new ArrayList<>();
  private long decisions;
  private long next = 1;

  /// The state at the end of a decision.
  private record Moment(long seq, List<OpenThread> threads) {}

  /// A decision is on the disk; of ever fewer of them the state is kept.
  void written(long seq, Iterable<OpenThread> threads) {
    decisions++;
    if (decisions == next && moments.size() < KEPT) {
      next *= 6;
      var copy = new ArrayList<OpenThread>();
      threads.forEach(copy::add);
      moments.add(new Moment(seq, copy));
    }
  }

  /// What came after this record is gone.
  void rewind(long lastSeq) {
    moments.removeIf(it -> it.seq > lastSeq);
  }

  /// Reads the log again.
  void cameToRest(List<StoredRecord> log) {
    for (Moment moment : moments) {
      var folds = new TreeMap<TaskId, ThreadFold>();
      for (StoredRecord record : log.subList(0, (int) moment.seq)) {
        Entry entry = RecordCodec.decode(record);
        if (!(entry.thread() instanceof ThreadId.OfInstance)) {
          TaskId task = entry.ofTask().orElseThrow().task();
          folds.computeIfAbsent(task, _ -> new ThreadFold()).add(record);
        }
      }
      List<OpenThread> replayed =
          folds.values().stream().flatMap(it -> it.thread().stream()).toList();
      if (!replayed.equals(moment.threads)) {
        throw new OracleFailed(
            "Z11", "read up to " + moment.seq + ", the log tells another state: " + replayed);
      }
    }
  }
}
