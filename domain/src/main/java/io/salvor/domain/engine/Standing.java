package io.salvor.domain.engine;

import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.RecordLog.Restored;
import io.salvor.domain.spending.Spending;

/// Where all but the tasks stands after some decision.
///
/// @param lastSeq of its last record
/// @param lastNumber the highest number that a task was given
/// @param spending all that was used
record Standing(long lastSeq, long lastNumber, InstanceThread instance, Spending spending) {
  static Standing of(Restored restored) {
    return new Standing(
        restored.lastSeq(), restored.lastNumber(), restored.instance(), restored.spending());
  }

  /// The seq of the next record.
  long nextSeq() {
    return lastSeq + 1;
  }

  Standing withRecords(int more) {
    return new Standing(lastSeq + more, lastNumber, instance, spending);
  }

  Standing withNumber(long number) {
    return new Standing(lastSeq, number, instance, spending);
  }

  Standing withInstance(InstanceThread after) {
    return new Standing(lastSeq, lastNumber, after, spending);
  }

  Standing withSpending(Spending after) {
    return new Standing(lastSeq, lastNumber, instance, after);
  }
}
