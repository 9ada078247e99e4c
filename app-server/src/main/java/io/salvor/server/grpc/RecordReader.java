package io.salvor.server.grpc;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.ThreadId;
import io.salvor.records.StoredRecord;
import io.salvor.server.errors.Errors;
import io.salvor.sqlite.Records;
import java.util.List;
import java.util.function.Consumer;

/// Reads records by thread, page by page. Thread-safe.
final class RecordReader {
  private static final int PAGE = 500;

  private final Records records;
  private final TaskLookup lookup;

  RecordReader(Records records, TaskLookup lookup) {
    this.records = records;
    this.lookup = lookup;
  }

  /// Which records are meant.
  sealed interface Scope {
    /// The whole log.
    record All() implements Scope {}

    /// A task's own thread and those of its attempts.
    record OfTask(TaskId task) implements Scope {}

    /// One thread.
    record OfThread(ThreadId thread) implements Scope {}
  }

  /// Reads `tasks/{task}`, `tasks/{task}/attempts/{number}`, `instance`, or nothing for all.
  Scope scope(String thread, boolean includeAttempts) {
    if (thread.isEmpty()) {
      return new Scope.All();
    }
    if (thread.equals(Names.INSTANCE)) {
      return new Scope.OfThread(new ThreadId.OfInstance());
    }
    if (thread.contains("/attempts/")) {
      Names.AttemptName name = Names.parseAttempt(thread);
      TaskId task = lookup.id(name.task());
      int number = name.number() == 0 ? lookup.task(task).lastAttempt() : name.number();
      if (number == 0) {
        throw Errors.invalid("thread", "the task has no attempt yet");
      }
      return new Scope.OfThread(new ThreadId.OfAttempt(task, number));
    }
    TaskId task = lookup.id(thread);
    return includeAttempts ? new Scope.OfTask(task) : new Scope.OfThread(new ThreadId.OfTask(task));
  }

  /// The next records after `afterSeq`, oldest first.
  List<StoredRecord> page(Scope scope, long afterSeq, int limit) {
    return switch (scope) {
      case Scope.All _ -> records.page(afterSeq, limit);
      case Scope.OfTask(var task) -> records.page(task, afterSeq, limit);
      case Scope.OfThread(var thread) -> records.page(thread, afterSeq, limit);
    };
  }

  /// Shows the records of a task and its attempts, oldest first; a page of them is held at a time.
  ///
  /// @param upTo the last seq that is shown
  /// @return seq of the last one that was; 0 for none
  long each(TaskId task, long upTo, Consumer<StoredRecord> look) {
    long last = 0;
    for (List<StoredRecord> page = records.page(task, 0, PAGE);
        !page.isEmpty();
        page = records.page(task, last, PAGE)) {
      for (StoredRecord it : page) {
        if (it.seq() > upTo) {
          return last;
        }
        look.accept(it);
        last = it.seq();
      }
    }
    return last;
  }

  /// Whether anything of a task came after `seq`.
  boolean anyAfter(TaskId task, long seq) {
    return !records.page(task, seq, 1).isEmpty();
  }

  long lastSeq() {
    return records.lastSeq();
  }
}
