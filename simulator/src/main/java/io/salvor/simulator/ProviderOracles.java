package io.salvor.simulator;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Terminal;
import io.salvor.domain.agent.RetryAfter;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.provider.Provider;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Start;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What must be true of providers that fail attempts. Counts by itself what the records tell.
final class ProviderOracles {
  private static final Duration JITTER = Duration.ofMinutes(1);

  private final TreeMap<Provider, Standing> providers = new TreeMap<>();

  /// How one provider stands.
  private static final class Standing {
    private final List<Instant> failures = new ArrayList<>();
    private @Nullable Instant since;
    private Instant until = Instant.MIN;
    private @Nullable AttemptRef trial;

    void answered() {
      failures.clear();
      since = null;
      trial = null;
    }

    void failed(AttemptRef attempt, Instant now, Duration told) {
      failures.add(now);
      boolean tried = attempt.equals(trial);
      if (since != null && !tried && lasts(now)) {
        hold(since, until.isAfter(now.plus(told)) ? until : now.plus(told));
      } else if (since != null || inARow(now) >= SimServer.BREAKER.failures()) {
        Duration least = SimServer.BREAKER.coolDown();
        hold(now, now.plus(told.compareTo(least) > 0 ? told : least));
      }
      over(attempt);
    }

    private void hold(Instant from, Instant to) {
      since = from;
      until = to;
    }

    private long inARow(Instant now) {
      Instant from = now.minus(SimServer.BREAKER.window());
      return failures.stream().filter(at -> at.isAfter(from) && !at.isAfter(now)).count();
    }

    void over(AttemptRef attempt) {
      if (attempt.equals(trial)) {
        trial = null;
      }
    }

    boolean lasts(Instant now) {
      return since != null && now.isBefore(until) && !since.isAfter(now.plus(JITTER));
    }

    /// It is held for longer each time in a row; how much longer is not counted here.
    boolean mayHold(Instant now) {
      if (since == null || trial != null) {
        return since != null;
      }
      boolean future = since.isAfter(now.plus(JITTER));
      return lasts(now) || (!future && now.isBefore(since.plus(SimServer.BREAKER.coolDownMost())));
    }

    boolean holds(Instant now) {
      return since != null && (trial != null || lasts(now));
    }
  }

  void check(Task after, Recorded recorded) {
    Standing standing = standing(after);
    switch (recorded.fact()) {
      case TaskFact.Claimed claimed -> {
        if (standing.holds(recorded.at())) {
          throw new OracleFailed(
              "Z13", after.display() + " begins though its provider is held: " + after.spec());
        }
        standing.trial = standing.since == null ? null : claimed.attempt();
      }
      case TaskFact.Observed observed when answered(observed.event()) -> standing.answered();
      case TaskFact.AttemptEnded ended -> {
        PastAttempt past = after.attempts().getLast();
        if (past.ending().success()) {
          standing.answered();
        } else if (past.ending().reason().ofProvider()) {
          standing.failed(ended.attempt(), recorded.at(), told(past));
        } else {
          standing.over(ended.attempt());
        }
      }
      case TaskFact.Parked parked -> parked(after, parked, recorded.at());
      default -> {}
    }
  }

  private Standing standing(Task task) {
    return providers.computeIfAbsent(Provider.of(task.spec().agent()), _ -> new Standing());
  }

  /// A provider is not asked before it wants to be, and asking it costs no retry.
  private static void parked(Task task, TaskFact.Parked parked, Instant now) {
    PastAttempt last = task.attempts().getLast();
    Reason reason = last.ending().reason();
    if (reason == Reason.PROVIDER_RATE_LIMITED
        || reason == Reason.PROVIDER_OVERLOADED
        || reason == Reason.PROVIDER_OUTAGE) {
      Start start = parked.start();
      if (start.retries() != last.start().retries()) {
        throw new OracleFailed("Z13", task.display() + " is charged for its provider");
      }
      if (parked.notBefore().isBefore(now.plus(told(last)))) {
        throw new OracleFailed("Z13", task.display() + " comes back before it may: " + parked);
      }
    }
    if (reason == Reason.PROVIDER_AUTH) {
      throw new OracleFailed("Z13", task.display() + " goes on without credentials");
    }
  }

  private static Duration told(PastAttempt past) {
    Optional<RetryAfter> told = past.progress().terminal().flatMap(Terminal::retryAfter);
    return told.isPresent() ? Script.RETRY_AFTER : Duration.ZERO;
  }

  private static boolean answered(AgentEvent event) {
    return event instanceof AgentEvent.ToolCalled
        || (event instanceof AgentEvent.Used used && used.total().outputTokens() > 0);
  }

  /// Whether its provider may keep it from beginning.
  boolean mayBeHeld(Task task, Instant now) {
    return standing(task).mayHold(now);
  }
}
