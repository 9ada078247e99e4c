package io.salvor.domain.task;

import java.time.Instant;
import java.util.Optional;

/// What follows by itself when an attempt did not succeed.
final class Recovering {
  private final Adviser adviser;

  Recovering(Adviser adviser) {
    this.adviser = adviser;
  }

  /// Takes the remedy, where the task says so and it may be taken without a person; else the task
  /// has failed.
  void recover(Draft draft, Start start, Ending ending) {
    Task task = draft.task();
    Advice advice = adviser.advise(task);
    advice.comment().ifPresent(text -> draft.add(new TaskFact.Commented(text)));
    Recovery recovery = task.spec().recovery();
    if (recovery.mode() == Recovery.Mode.ADVISE || !advice.remedy().takenAlone()) {
      draft.add(new TaskFact.Failed(ending));
    } else if (SpentLimits.spent(task).isPresent()) {
      draft.add(new TaskFact.Paused("it could go on, and its limits are spent"));
    } else if (advice.remedy() == Remedy.PARK) {
      waitForProvider(draft, start, advice);
    } else if (start.retries() >= recovery.maxRetries()) {
      draft.add(new TaskFact.Failed(ending));
    } else {
      Start next =
          start.retry(advice.remedy() == Remedy.FRESH ? StartMode.FRESH : Resuming.mode(start));
      Instant at = draft.now().wall().plus(recovery.waits().after(next.retries(), seed(task)));
      park(draft, at, next, advice, "");
    }
  }

  /// The attempt does not count. It goes on when the provider said, or after a while.
  private static void waitForProvider(Draft draft, Start start, Advice advice) {
    Task task = draft.task();
    Instant now = draft.now().wall();
    Backoff waits = task.spec().recovery().waits();
    int times = Math.max(1, waitsInARow(task));
    Instant usual = now.plus(waits.after(times, seed(task)));
    Optional<Instant> told = task.progress().notBefore(now);
    Instant asTold = told.map(it -> it.plus(waits.spread(times, seed(task)))).orElse(Instant.MIN);
    String why = told.map(it -> " The provider said: not before " + it + ".").orElse("");
    park(
        draft,
        asTold.isAfter(usual) ? asTold : usual,
        start.instead(Resuming.mode(start)),
        advice,
        why);
  }

  private static void park(Draft draft, Instant at, Start next, Advice advice, String addition) {
    draft.add(new TaskFact.Parked(at, next, advice.row() + ": " + advice.why() + addition));
    if (!advice.changes().isEmpty()) {
      draft.add(new TaskFact.Edited(advice.changes()));
    }
  }

  private static int waitsInARow(Task task) {
    return (int)
        task.attempts().reversed().stream()
            .takeWhile(past -> past.ending().reason().passing())
            .count();
  }

  /// Spreads tasks that failed together; made of what is recorded, so that a replay waits the same.
  private static long seed(Task task) {
    return task.id().value().getLeastSignificantBits() + task.lastAttempt();
  }
}
