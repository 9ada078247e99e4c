package io.salvor.domain.task;

import java.util.List;
import java.util.Optional;

/// Whether an agent is given what a gate said of its work, to repair it by itself.
final class Repairing {
  private Repairing() {}

  /// The attempt that repairs, where one is left: not when the last one changed nothing in what the
  /// gate says, and not without money.
  ///
  /// @param verifying as it was when the gate ran
  static Optional<Start> next(Task task, TaskState.Verifying verifying) {
    if (verifying.salvage().isPresent()) {
      return Optional.empty();
    }
    Start before = verifying.attempt().start();
    List<String> failures =
        series(task.attempts()).stream().flatMap(past -> past.gateFailure().stream()).toList();
    boolean more =
        failures.size() <= task.spec().recovery().gateRepairs()
            && !identical(failures)
            && SpentLimits.spent(task).isEmpty();
    return more ? Optional.of(before.retry(Resuming.mode(before))) : Optional.empty();
  }

  /// The attempts since a person asked for one: those that came by themselves, and the one before.
  private static List<PastAttempt> series(List<PastAttempt> all) {
    int from = all.size() - 1;
    while (from > 0 && all.get(from).start().retries() > 0) {
      from--;
    }
    return all.subList(Math.max(from, 0), all.size());
  }

  /// Numbers do not tell two failures apart: most of them are times.
  private static boolean identical(List<String> failures) {
    return failures.size() > 1
        && plain(failures.getLast()).equals(plain(failures.get(failures.size() - 2)));
  }

  private static String plain(String failure) {
    return failure.replaceAll("[0-9]+", "0");
  }
}
