package io.salvor.domain.provider;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import java.time.Instant;
import java.util.Optional;

/// What a task's fact tells of its provider, from typed fields alone.
public sealed interface ProviderNews {
  /// Of which.
  Provider provider();

  /// Which attempt tells it.
  AttemptRef attempt();

  /// When.
  Instant at();

  /// It did not serve the attempt.
  ///
  /// @param notBefore when it wants to be asked again, where it said so
  record Failing(
      Provider provider,
      AttemptRef attempt,
      Instant at,
      Ending.Reason reason,
      Optional<Instant> notBefore)
      implements ProviderNews {}

  /// It answered.
  record Serving(Provider provider, AttemptRef attempt, Instant at) implements ProviderNews {}

  /// The attempt is over and tells nothing.
  record Over(Provider provider, AttemptRef attempt, Instant at) implements ProviderNews {}

  /// What a fact tells that led to `after`; empty where it tells nothing.
  static Optional<ProviderNews> by(Task after, Recorded recorded) {
    Provider provider = Provider.of(after.spec().agent());
    return switch (recorded.fact()) {
      case TaskFact.Observed observed when answered(after, observed.event()) ->
          Optional.of(new Serving(provider, observed.attempt(), recorded.at()));
      case TaskFact.AttemptEnded ended ->
          Optional.of(atEnd(provider, after.attempts().getLast(), recorded.at()));
      default -> Optional.empty();
    };
  }

  /// A tool call or output tokens come from a model; a total may be of earlier attempts in the same
  /// session.
  private static boolean answered(Task after, AgentEvent event) {
    return switch (event) {
      case AgentEvent.ToolCalled _ -> true;
      case AgentEvent.Used _ -> after.usages().getLast().outputTokens() > 0;
      default -> false;
    };
  }

  private static ProviderNews atEnd(Provider provider, PastAttempt attempt, Instant at) {
    Ending ending = attempt.ending();
    if (ending.reason().ofProvider()) {
      return new Failing(
          provider, attempt.ref(), at, ending.reason(), attempt.progress().notBefore(at));
    }
    return ending.success()
        ? new Serving(provider, attempt.ref(), at)
        : new Over(provider, attempt.ref(), at);
  }
}
