package io.salvor.domain.task;

import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import java.util.Optional;

/// What a task has left of what it may spend.
final class SpentLimits {
  private SpentLimits() {}

  /// Which limit over all attempts nothing is left of.
  static Optional<StopCause> spent(Task task) {
    Limits limits = task.spec().limits();
    Optional<MicroUsd> cost = task.cost();
    if (limits.cost().isPresent()
        && cost.isPresent()
        && cost.get().compareTo(limits.cost().get()) >= 0) {
      return Optional.of(StopCause.COST_LIMIT);
    }
    return limits.tokens().isPresent() && task.tokens() >= limits.tokens().getAsLong()
        ? Optional.of(StopCause.TOKEN_LIMIT)
        : Optional.empty();
  }
}
