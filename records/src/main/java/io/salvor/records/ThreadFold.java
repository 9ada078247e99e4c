package io.salvor.records;

import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.ThreadId;
import io.salvor.domain.journal.Threads;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.Recorded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Folds the records of one task, its own thread and its attempts', in the order of their seq. Used
/// by one thread.
public final class ThreadFold {
  private final List<Spent> spent = new ArrayList<>();
  private @Nullable OpenThread thread;

  /// Takes the next record in.
  ///
  /// @throws CorruptRecord where it does not fit
  public void add(StoredRecord record) {
    Entry entry = RecordCodec.decode(record);
    Recorded recorded =
        entry.ofTask().orElseThrow(() -> new CorruptRecord(record.seq(), "it is not about a task"));
    OpenThread after;
    try {
      after = Threads.after(thread, recorded);
    } catch (IllegalStateException e) {
      throw new CorruptRecord(record.seq(), "it does not fit the thread it stands in", e);
    }
    long clock =
        entry.thread() instanceof ThreadId.OfAttempt ? after.attemptClock() : after.clock();
    if (entry.clock() != clock) {
      throw new CorruptRecord(
          record.seq(),
          entry.thread() + " has " + clock + " records, but this is " + entry.clock());
    }
    Spent.by(thread == null ? null : thread.task(), after.task(), recorded).ifPresent(spent::add);
    thread = after;
  }

  /// What its records tell of use, in their order.
  public List<Spent> spent() {
    return Collections.unmodifiableList(spent);
  }

  /// The thread so far; empty before the first record.
  public Optional<OpenThread> thread() {
    return Optional.ofNullable(thread);
  }
}
