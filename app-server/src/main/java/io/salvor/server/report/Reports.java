package io.salvor.server.report;

import com.google.protobuf.Timestamp;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import io.salvor.v1.GetReportRequest.Grouping;
import io.salvor.v1.Report;
import io.salvor.v1.ReportRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Adds up the attempts that ended in a span of time. Used by one thread.
public final class Reports {
  /// What the fields of a report mean.
  private static final String FORMAT = "salvor.report.v1";

  private final Instant since;
  private final Grouping grouping;
  private final Figures total = new Figures("");
  private final Map<String, Figures> rows = new TreeMap<>();

  /// @param since attempts that ended from then on count
  public Reports(Instant since, Grouping grouping) {
    this.since = since;
    this.grouping = grouping;
  }

  /// Counts those of a task's attempts in that ended since then.
  public void add(Task task) {
    List<Usage> used = task.usages();
    boolean merged = task.kind() == TaskState.Kind.MERGED;
    for (int i = 0; i < task.attempts().size(); i++) {
      PastAttempt attempt = task.attempts().get(i);
      if (!attempt.endedAt().isBefore(since)) {
        Usage own = used.get(i);
        total.add(task.id(), merged, attempt, own);
        key(task, attempt)
            .ifPresent(key ->
                rows.computeIfAbsent(key, Figures::new).add(task.id(), merged, attempt, own));
      }
    }
  }

  private Optional<String> key(Task task, PastAttempt attempt) {
    return switch (grouping) {
      case AGENT -> Optional.of(attempt.agent());
      case PROJECT -> Optional.of(task.spec().project());
      case DAY -> Optional.of(attempt.endedAt().atOffset(ZoneOffset.UTC).toLocalDate().toString());
      case ENDING -> Optional.of(attempt.ending().reason().label());
      case GROUPING_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  /// What has been counted.
  ///
  /// @param salvaged tasks of which something was saved since then
  /// @param now the moment at which it is made
  public Report report(Set<TaskId> salvaged, Instant now) {
    List<ReportRow> all = rows.values().stream().map(it -> it.row(salvaged)).toList();
    return Report.newBuilder()
        .setFormat(FORMAT)
        .setSinceTime(time(since))
        .setUntilTime(time(now))
        .setTotal(total.row(salvaged))
        .addAllRows(all)
        .build();
  }

  private static Timestamp time(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }
}
