package io.salvor.server.limits;

import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.instance.InstanceFact.AllowanceNeared;
import io.salvor.domain.task.Meter;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact.LimitNeared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What people should know of a task's limits.
public final class LimitWords {
  private LimitWords() {}

  /// How much of a limit was used up when it was said.
  public static String neared(LimitNeared neared) {
    return used(neared, neared.spent());
  }

  /// How much of what many tasks may use was used up when it was said.
  public static String neared(AllowanceNeared neared) {
    String whose = neared.project().map(root -> "the project " + root).orElse("all tasks");
    return neared.percent()
        + " % of what "
        + whose
        + " may use"
        + (neared.day().isPresent() ? " in a day" : "")
        + " used up: "
        + amount(neared.meter(), neared.spent())
        + " of "
        + amount(neared.meter(), neared.limit())
        + (neared.percent() < 100 ? "" : held(neared));
  }

  private static String held(AllowanceNeared neared) {
    return neared.day().isPresent()
        ? "; no attempt begins until midnight UTC"
        : "; no attempt begins there until the limit is raised";
  }

  /// What is used up of the limits as they are now; empty while that is little.
  public static List<String> nearing(Task task) {
    var words = new ArrayList<String>();
    for (Meter meter : Meter.values()) {
      task.neared().stream()
          .filter(it -> it.meter() == meter && it.limit() == limit(task, meter))
          .reduce((_, last) -> last)
          .ifPresent(it -> words.add(used(it, spent(task, meter))));
    }
    return words;
  }

  private static long limit(Task task, Meter meter) {
    Limits limits = task.spec().limits();
    return switch (meter) {
      case COST -> limits.cost().map(MicroUsd::value).orElse(-1L);
      case TOKENS -> limits.tokens().orElse(-1);
    };
  }

  private static long spent(Task task, Meter meter) {
    return switch (meter) {
      case COST -> task.cost().orElse(MicroUsd.ZERO).value();
      case TOKENS -> task.tokens();
    };
  }

  private static String used(LimitNeared neared, long spent) {
    String what = neared.meter() == Meter.COST ? "money" : "tokens";
    return neared.percent()
        + " % of its "
        + what
        + " used up: "
        + amount(neared.meter(), spent)
        + " of "
        + amount(neared.meter(), neared.limit());
  }

  /// `$4.01`, `12,000`.
  static String amount(Meter meter, long amount) {
    return switch (meter) {
      case COST -> "$" + new MicroUsd(Math.max(0, amount)).dollars();
      case TOKENS -> String.format(Locale.ROOT, "%,d tokens", amount);
    };
  }
}
