package io.salvor.domain.task;

import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.task.TaskFact.LimitNeared;
import java.util.ArrayList;
import java.util.List;

/// Which parts of a task's limits are used up and were not said to be yet. Each is said once for
/// each value that the limit has had.
final class NearedLimits {
  private static final List<Integer> PERCENTS = List.of(75, 80, 90);

  private NearedLimits() {}

  /// What is to be said now, the lesser parts first.
  static List<LimitNeared> of(Task task) {
    Limits limits = task.spec().limits();
    var due = new ArrayList<LimitNeared>();
    long cost = task.cost().orElse(MicroUsd.ZERO).value();
    limits.cost().ifPresent(limit -> add(due, task, Meter.COST, cost, limit.value()));
    limits.tokens().ifPresent(limit -> add(due, task, Meter.TOKENS, task.tokens(), limit));
    return due;
  }

  private static void add(List<LimitNeared> due, Task task, Meter meter, long spent, long limit) {
    for (int percent : PERCENTS) {
      var neared = new LimitNeared(meter, percent, spent, limit);
      if (Meter.isUsedUp(spent, percent, limit)
          && task.neared().stream().noneMatch(it -> it.tellsTheSameAs(neared))) {
        due.add(neared);
      }
    }
  }
}
