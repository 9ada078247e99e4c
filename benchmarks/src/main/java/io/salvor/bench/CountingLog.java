package io.salvor.bench;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A log that counts what is written to the one behind it. Each batch is one transaction and so one
/// fsync.
final class CountingLog implements RecordLog {
  private final RecordLog log;
  private final Consumer<OpenThread> durable;
  private final Map<TaskId, Integer> batchesOf = new ConcurrentHashMap<>();
  private final LongAdder batches = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final LongAdder busyNanos = new LongAdder();

  /// @param durable told each thread as it is after a batch, on the writer's thread
  CountingLog(RecordLog log, Consumer<OpenThread> durable) {
    this.log = log;
    this.durable = durable;
  }

  @Override
  public void appendDurably(List<Decision> decisions) {
    long began = System.nanoTime();
    log.appendDurably(decisions);
    busyNanos.add(System.nanoTime() - began);
    batches.increment();
    decisions.forEach(it -> records.add(it.entries().size()));
    var last =
        decisions.stream()
            .flatMap(it -> it.threads().stream())
            .collect(Collectors.toMap(it -> it.task().id(), it -> it, (_, newer) -> newer));
    last.keySet().forEach(task -> batchesOf.merge(task, 1, Integer::sum));
    last.values().forEach(durable);
  }

  /// In how many batches something was written about a task.
  int batchesOf(TaskId task) {
    return batchesOf.getOrDefault(task, 0);
  }

  /// Totals so far.
  Totals totals() {
    return new Totals(batches.sum(), records.sum(), busyNanos.sum());
  }

  /// What was written.
  ///
  /// @param busyNanos time inside the log
  record Totals(long batches, long records, long busyNanos) {
    Totals since(Totals earlier) {
      return new Totals(
          batches - earlier.batches, records - earlier.records, busyNanos - earlier.busyNanos);
    }
  }

  @Override
  public Restored restore() {
    return log.restore();
  }

  @Override
  public Optional<OpenThread> load(TaskId task) {
    return log.load(task);
  }

  @Override
  public Optional<Seen> find(Request request) {
    return log.find(request);
  }
}
