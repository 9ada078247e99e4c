package io.salvor.domain.spending;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was used in a project on a day.
///
/// @param project absolute path of the repository's root
/// @param day since 1970-01-01, in UTC
public record Spent(String project, long day, Amount amount) {
  private static final long SECONDS_PER_DAY = 86_400;

  /// The day of a moment.
  public static long day(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), SECONDS_PER_DAY);
  }

  /// When a day begins.
  public static Instant begin(long day) {
    return Instant.ofEpochSecond(Math.multiplyExact(day, SECONDS_PER_DAY));
  }

  /// What a fact that led from `before` to `after` tells of use; empty where it tells of none.
  /// Money of which nothing is known counts as none.
  public static Optional<Spent> by(@Nullable Task before, Task after, Recorded recorded) {
    if (before == null || !mayTell(recorded.fact())) {
      return Optional.empty();
    }
    Amount amount = total(after).minus(total(before));
    return amount.equals(Amount.ZERO)
        ? Optional.empty()
        : Optional.of(new Spent(after.spec().project(), day(recorded.at()), amount));
  }

  /// A session's name, and who the agent is, tell what of a total is new.
  private static boolean mayTell(TaskFact fact) {
    return switch (fact) {
      case TaskFact.Observed observed ->
          observed.event() instanceof AgentEvent.Used
              || observed.event() instanceof AgentEvent.SessionStarted;
      case TaskFact.Commented _, TaskFact.LimitNeared _ -> false;
      default -> true;
    };
  }

  private static Amount total(Task task) {
    return new Amount(task.cost().orElse(MicroUsd.ZERO).value(), task.tokens());
  }
}
