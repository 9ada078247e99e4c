package io.salvor.records;

import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.Statement;

/// Folds the records of the instance's own thread, in the order of their seq. Used by one thread.
public final class InstanceFold {
  private InstanceThread thread = InstanceThread.NEW;

  /// Takes the next record in.
  ///
  /// @throws CorruptRecord where it does not fit
  public void add(StoredRecord record) {
    Entry entry = RecordCodec.decode(record);
    if (!(entry.statement() instanceof Statement.OfInstance statement)) {
      throw new CorruptRecord(record.seq(), "it is not about the instance");
    }
    InstanceThread after = thread.after(statement);
    if (entry.clock() != after.clock()) {
      throw new CorruptRecord(
          record.seq(),
          entry.thread() + " has " + after.clock() + " records, but this is " + entry.clock());
    }
    thread = after;
  }

  /// The thread so far.
  public InstanceThread thread() {
    return thread;
  }
}
