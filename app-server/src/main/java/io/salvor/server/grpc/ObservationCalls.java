package io.salvor.server.grpc;

import io.grpc.stub.StreamObserver;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import io.salvor.records.TaskRow;
import io.salvor.records.ThreadFold;
import io.salvor.server.engine.Clock;
import io.salvor.server.errors.Errors;
import io.salvor.server.report.Reports;
import io.salvor.server.trace.Traces;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.TaskCondition;
import io.salvor.sqlite.TaskCursor;
import io.salvor.sqlite.TaskOrder;
import io.salvor.sqlite.TaskPage;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.GetReportRequest;
import io.salvor.v1.GetReportResponse;
import io.salvor.v1.GetTraceRequest;
import io.salvor.v1.GetTraceResponse;
import io.salvor.v1.ObservationServiceGrpc;
import io.salvor.v1.StreamEventsRequest;
import io.salvor.v1.StreamEventsResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// ObservationService.
final class ObservationCalls extends ObservationServiceGrpc.ObservationServiceImplBase {
  private static final Duration USUAL_SPAN = Duration.ofDays(7);
  private static final int PAGE = 500;

  private final RecordReader records;
  private final TaskLookup lookup;
  private final SqliteStore store;
  private final Clock clock;
  private final EventStream events;

  ObservationCalls(
      RecordReader records, TaskLookup lookup, SqliteStore store, Clock clock, EventStream events) {
    this.records = records;
    this.lookup = lookup;
    this.store = store;
    this.clock = clock;
    this.events = events;
  }

  @Override
  public void getTrace(GetTraceRequest request, StreamObserver<GetTraceResponse> observer) {
    Call.unary(observer, () -> trace(request));
  }

  private GetTraceResponse trace(GetTraceRequest request) {
    TaskId id = lookup.id(request.getName());
    var fold = new ThreadFold();
    long last = records.each(id, Long.MAX_VALUE, fold::add);
    if (last == 0) {
      throw Errors.failure(
          ErrorReason.Code.TASK_NOT_FOUND,
          "there is no task " + request.getName(),
          "salvor task list");
    }
    Task task = fold.thread().orElseThrow().task();
    int attempt = request.getAttempt();
    if (attempt < 0 || attempt > task.lastAttempt()) {
      throw Errors.failure(
          ErrorReason.Code.ATTEMPT_NOT_FOUND,
          task.display() + " has no attempt " + attempt,
          "salvor task show " + task.display());
    }
    var traces = new Traces(task);
    records.each(id, last, it -> traces.take(RecordCodec.decode(it).ofTask().orElseThrow()));
    return GetTraceResponse.newBuilder().setTrace(traces.trace(attempt)).build();
  }

  @Override
  public void streamEvents(
      StreamEventsRequest request, StreamObserver<StreamEventsResponse> observer) {
    Call.stream(observer, out -> events.send(request, out));
  }

  @Override
  public void getReport(GetReportRequest request, StreamObserver<GetReportResponse> observer) {
    Call.unary(observer, () -> report(request));
  }

  /// The state of a task began no earlier than its last attempt ended: what did not change since
  /// then has no attempt that counts.
  private GetReportResponse report(GetReportRequest request) {
    Instant now = clock.now().wall();
    Instant since =
        request.hasSinceTime()
            ? Names.instant("since_time", request.getSinceTime())
            : now.minus(USUAL_SPAN);
    var report =
        new Reports(
            since, Names.known("grouping", request.getGrouping(), request.getGroupingValue()));
    var changed =
        new TaskCondition.Compares(
            TaskCondition.Quantity.UPDATED_AT,
            TaskCondition.Comparison.AT_LEAST,
            ChronoUnit.MICROS.between(Instant.EPOCH, since));
    Optional<TaskCursor> cursor = Optional.of(TaskCursor.first(TaskOrder.OLDEST_FIRST, PAGE));
    while (cursor.isPresent()) {
      TaskPage page = store.tasks().page(changed, cursor.get());
      page.rows().stream().map(TaskRow::task).forEach(report::add);
      cursor = page.next();
    }
    return GetReportResponse.newBuilder()
        .setReport(report.report(salvagedSince(since), now))
        .build();
  }

  private Set<TaskId> salvagedSince(Instant since) {
    var salvaged = new TreeSet<TaskId>(Comparator.comparing(TaskId::value));
    long last = store.records().lastSeq();
    long cursor = store.records().lastBefore(since);
    List<StoredRecord> page = store.records().pageWithoutOutput(cursor, last, PAGE);
    while (!page.isEmpty()) {
      for (StoredRecord stored : page) {
        RecordCodec.decode(stored)
            .ofTask()
            .filter(it -> it.fact() instanceof TaskFact.Salvaged && !it.at().isBefore(since))
            .ifPresent(it -> salvaged.add(it.task()));
      }
      page = store.records().pageWithoutOutput(page.getLast().seq(), last, PAGE);
    }
    return salvaged;
  }
}
