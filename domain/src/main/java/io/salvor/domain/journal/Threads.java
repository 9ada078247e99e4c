package io.salvor.domain.journal;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskFact.Act;
import io.salvor.domain.task.TaskFold;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Where facts go: which thread, which clock, answering which intent. Used to write and to read
/// back.
public final class Threads {
  private Threads() {}

  /// The thread after one more fact; `before` is null for a task's first.
  public static OpenThread after(@Nullable OpenThread before, Recorded recorded) {
    Task task = TaskFold.evolve(before == null ? null : before.task(), recorded);
    OpenThread base = before == null ? new OpenThread(task) : before;
    if (recorded.fact() instanceof TaskFact.Observed) {
      return new OpenThread(task, base.clock(), base.intentClock(), base.attemptClock() + 1);
    }
    long clock = base.clock() + 1;
    boolean intent = recorded.fact().act() == Act.INTEND;
    boolean claim = recorded.fact() instanceof TaskFact.Claimed;
    return new OpenThread(
        task, clock, intent ? clock : base.intentClock(), claim ? 0 : base.attemptClock());
  }

  /// The record's header for a fact that leads from `before` to `after`.
  public static Entry entry(
      @Nullable OpenThread before,
      OpenThread after,
      Recorded recorded,
      Optional<Request> request,
      boolean last) {
    boolean observed = recorded.fact() instanceof TaskFact.Observed;
    Optional<AttemptRef> attempt = after.task().attempt().map(it -> it.ref());
    ThreadId thread =
        observed
            ? new ThreadId.OfAttempt(recorded.task(), after.task().lastAttempt())
            : new ThreadId.OfTask(recorded.task());
    long intent = before != null && recorded.fact().act() == Act.DO ? before.intentClock() : 0;
    return new Entry(
        thread,
        observed ? after.attemptClock() : after.clock(),
        new Statement.OfTask(recorded),
        attempt.map(AttemptRef::epoch).orElse(0L),
        intent > 0 ? OptionalLong.of(intent) : OptionalLong.empty(),
        request,
        last);
  }

  /// The record's header for a statement about the whole instance.
  ///
  /// @param after the instance's thread with the statement in it
  public static Entry entry(
      InstanceThread after, Statement.OfInstance statement, Optional<Request> request) {
    return new Entry(
        new ThreadId.OfInstance(),
        after.clock(),
        statement,
        0,
        OptionalLong.empty(),
        request,
        false);
  }
}
