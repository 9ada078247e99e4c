package io.salvor.domain.journal;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.spending.Spending;
import java.util.List;
import java.util.Optional;

/// The append-only log: one writer, many readers.
///
/// Methods throw [LogUnavailable] where the store does not answer as it should.
public interface RecordLog {

  /// Where the log stands, and the threads that are not settled. Takes time with what is open, not
  /// with history.
  Restored restore();

  /// One task's thread, closed or not; empty where there is none.
  Optional<OpenThread> load(TaskId task);

  /// What a request came to, if it was seen within 24 h.
  Optional<Seen> find(Request request);

  /// Writes these decisions, and with them all projections, in one transaction; when it returns,
  /// they survive a loss of power. Called by one thread.
  ///
  /// A decision that does not follow on the last one is a bug of the caller and throws
  /// IllegalStateException.
  void appendDurably(List<Decision> decisions);

  /// What there is at start.
  ///
  /// @param lineage the store's identity, made with it
  /// @param lastSeq seq of the last record; 0 for none
  /// @param lastNumber greatest display number given
  /// @param instance the instance's own thread
  /// @param open threads that are not settled, in the order of their ids
  /// @param spending what was used, by all tasks
  record Restored(
      String lineage,
      long lastSeq,
      long lastNumber,
      InstanceThread instance,
      List<OpenThread> open,
      Spending spending) {
    public Restored {
      open = List.copyOf(open);
    }
  }

  /// A request that was carried out.
  ///
  /// @param task which task it was about; empty where it was about the whole instance
  /// @param seq last record of its decision
  record Seen(String payloadHash, Optional<TaskId> task, long seq) {}
}
