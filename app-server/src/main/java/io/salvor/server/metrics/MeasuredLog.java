package io.salvor.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A log that measures how it is written on and counts what the records say, once they are durable.
/// To be used as the log that it wraps.
public final class MeasuredLog implements RecordLog {
  private final RecordLog log;
  private final TaskMeters tasks;
  private final Timer latency;
  private final DistributionSummary decisions;
  private final DistributionSummary records;
  private final Map<LogUnavailable.Kind, Counter> failures =
      new EnumMap<>(LogUnavailable.Kind.class);

  public MeasuredLog(RecordLog log, MeterRegistry registry) {
    this.log = log;
    this.tasks = new TaskMeters(registry);
    this.latency =
        Timer.builder("salvor.append")
            .description("Appends to the log, each one transaction with one fsync")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2))
            .register(registry);
    this.decisions =
        DistributionSummary.builder("salvor.append.decisions")
            .description("Decisions in one append: how well the group commit groups")
            .serviceLevelObjectives(1, 4, 16, 64, 256, 1024)
            .register(registry);
    this.records =
        DistributionSummary.builder("salvor.append.records")
            .description("Records in one append")
            .register(registry);
    for (LogUnavailable.Kind kind : LogUnavailable.Kind.values()) {
      failures.put(
          kind,
          Counter.builder("salvor.append.failures")
              .description("Appends that the store did not take")
              .tag("kind", kind.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  @Override
  public Restored restore() {
    Restored restored = log.restore();
    tasks.restored(restored.open());
    return restored;
  }

  @Override
  public Optional<OpenThread> load(TaskId task) {
    return log.load(task);
  }

  @Override
  public Optional<Seen> find(Request request) {
    return log.find(request);
  }

  @Override
  public void appendDurably(List<Decision> batch) {
    long began = System.nanoTime();
    try {
      log.appendDurably(batch);
    } catch (LogUnavailable e) {
      failure(e.kind()).increment();
      throw e;
    }
    latency.record(Duration.ofNanos(System.nanoTime() - began));
    decisions.record(batch.size());
    records.record(batch.stream().mapToInt(it -> it.entries().size()).sum());
    batch.forEach(tasks::happened);
  }

  private Counter failure(LogUnavailable.Kind kind) {
    Counter counter = failures.get(kind);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + kind);
    }
    return counter;
  }
}
