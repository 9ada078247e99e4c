package io.salvor.server.report;

import com.google.protobuf.util.Durations;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.StartMode;
import io.salvor.server.grpc.AttemptMessages;
import io.salvor.v1.Attempt;
import io.salvor.v1.EndingCount;
import io.salvor.v1.ReportRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// One row, as it is being added up. Used by one thread.
final class Figures {
  private final String key;
  private final Set<TaskId> tasks = new TreeSet<>(Comparator.comparing(TaskId::value));
  private final Set<TaskId> merged = new TreeSet<>(Comparator.comparing(TaskId::value));
  private final Map<Ending.Reason, Integer> endings = new EnumMap<>(Ending.Reason.class);
  private final List<Attempt> used = new ArrayList<>();
  private final List<Duration> durations = new ArrayList<>();
  private int attempts;
  private int resumed;
  private int resumedSucceeded;

  Figures(String key) {
    this.key = key;
  }

  /// Counts an attempt in.
  ///
  /// @param usage what it has used by itself
  void add(TaskId task, boolean isMerged, PastAttempt attempt, Usage usage) {
    attempts++;
    tasks.add(task);
    if (isMerged) {
      merged.add(task);
    }
    endings.merge(attempt.ending().reason(), 1, Integer::sum);
    used.add(Attempt.newBuilder().setUsage(AttemptMessages.usage(usage)).build());
    if (attempt.started()) {
      durations.add(Duration.between(attempt.claimedAt(), attempt.endedAt()));
    }
    if (attempt.mode() != StartMode.FRESH) {
      resumed++;
      resumedSucceeded += attempt.ending().success() ? 1 : 0;
    }
  }

  /// What was counted in.
  ///
  /// @param salvaged tasks of which something was saved
  ReportRow row(Set<TaskId> salvaged) {
    var row =
        ReportRow.newBuilder()
            .setKey(key)
            .setTasks(tasks.size())
            .setMerged(merged.size())
            .setSalvaged((int) tasks.stream().filter(salvaged::contains).count())
            .setAttempts(attempts)
            .setSucceeded(endings.getOrDefault(Ending.Reason.SUCCESS, 0))
            .setResumed(resumed)
            .setResumedSucceeded(resumedSucceeded)
            .setNotStarted(attempts - durations.size())
            .addAllEndings(endings())
            .setUsage(AttemptMessages.total(used));
    if (!durations.isEmpty()) {
      durations.sort(Comparator.naturalOrder());
      row.setMedianDuration(Durations.fromMillis(atMost(50).toMillis()))
          .setP90Duration(Durations.fromMillis(atMost(90).toMillis()));
    }
    return row.build();
  }

  private List<EndingCount> endings() {
    return endings.entrySet().stream()
        .sorted(Map.Entry.<Ending.Reason, Integer>comparingByValue().reversed())
        .map(it ->
            EndingCount.newBuilder().setReason(it.getKey().label()).setCount(it.getValue()).build())
        .toList();
  }

  /// The shortest of them that so many of a hundred do not exceed.
  private Duration atMost(int percent) {
    int rank = Math.ceilDiv(durations.size() * percent, 100);
    return durations.get(Math.max(1, rank) - 1);
  }
}
