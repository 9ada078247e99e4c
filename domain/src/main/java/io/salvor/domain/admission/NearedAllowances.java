package io.salvor.domain.admission;

import io.salvor.domain.instance.Instance;
import io.salvor.domain.instance.InstanceFact.AllowanceNeared;
import io.salvor.domain.spending.Amount;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.Meter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Which parts of what many tasks may use are used up and were not said to be yet.
public final class NearedAllowances {
  private static final List<Integer> PERCENTS = List.of(75, 80, 90, 100);

  private final Instance instance;
  private final List<AllowanceNeared> due = new ArrayList<>();

  private NearedAllowances(Instance instance) {
    this.instance = instance;
  }

  /// What is to be said now, the lesser parts first.
  public static List<AllowanceNeared> of(
      AdmissionPolicy policy, Spending spending, Instance instance, Instant now) {
    var neared = new NearedAllowances(instance);
    long today = Spent.day(now);
    OptionalLong day = OptionalLong.of(today);
    neared.look(Optional.empty(), day, policy.perDay(), spending.on(today));
    for (Map.Entry<String, Quota> project : policy.projects().entrySet()) {
      String root = project.getKey();
      Quota quota = project.getValue();
      neared.look(Optional.of(root), day, quota.perDay(), spending.on(today, root));
      neared.look(Optional.of(root), OptionalLong.empty(), quota.inAll(), spending.of(root));
    }
    return neared.due;
  }

  private void look(Optional<String> project, OptionalLong day, Allowance allowance, Amount used) {
    for (Meter meter : Meter.values()) {
      OptionalLong limit = allowance.limit(meter);
      for (int percent : limit.isPresent() ? PERCENTS : List.<Integer>of()) {
        var neared =
            new AllowanceNeared(project, day, meter, percent, used.of(meter), limit.getAsLong());
        if (Meter.isUsedUp(neared.spent(), percent, neared.limit())
            && instance.neared().stream().noneMatch(neared::tellsTheSameAs)) {
          due.add(neared);
        }
      }
    }
  }
}
