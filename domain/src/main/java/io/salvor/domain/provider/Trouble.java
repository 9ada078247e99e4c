package io.salvor.domain.provider;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.task.Ending.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A provider that failed attempts and has answered none since.
///
/// @param failures when attempts ended for it, oldest first; the last [#MOST_KEPT]
/// @param last what the last of them ended with
/// @param holding empty where its attempts may begin
public record Trouble(List<Instant> failures, Reason last, Optional<Holding> holding) {
  /// So many failures are told apart.
  public static final int MOST_KEPT = 20;

  /// How far the times of two inputs may lie apart without a clock having been set.
  private static final Duration CLOCK_JITTER = Duration.ofMinutes(1);

  public Trouble {
    failures = List.copyOf(failures);
  }

  /// No attempt of it begins before a time; then one does, and shows how it stands.
  ///
  /// @param since when the last failure was
  /// @param times how often in a row it was held
  /// @param trial the attempt that shows how it stands, while it is open and has shown nothing
  public record Holding(Instant since, Instant until, int times, Optional<AttemptRef> trial) {
    /// Whether its time is not over. One that began in what is now the future is: the clock was set
    /// back, and nobody is charged for that (Z7).
    public boolean lasts(Instant now) {
      return now.isBefore(until) && !since.isAfter(now.plus(CLOCK_JITTER));
    }

    Holding tried(Optional<AttemptRef> attempt) {
      return new Holding(since, until, times, attempt);
    }
  }

  /// Whether this attempt is the one that shows how the provider stands.
  boolean isTrial(AttemptRef attempt) {
    return holding.flatMap(Holding::trial).filter(attempt::equals).isPresent();
  }

  /// After one more failure.
  ///
  /// @param before empty where it answered the last time
  public static Trouble after(Optional<Trouble> before, ProviderFact.Failed failed, Instant at) {
    var failures = new ArrayList<>(before.map(Trouble::failures).orElse(List.of()));
    failures.add(at);
    while (failures.size() > MOST_KEPT) {
      failures.removeFirst();
    }
    Optional<Holding> old =
        before
            .flatMap(Trouble::holding)
            .map(it -> it.tried(it.trial().filter(trial -> !trial.equals(failed.attempt()))));
    Optional<Holding> holding =
        failed
            .hold()
            .map(hold -> new Holding(at, hold.until(), hold.times(), old.flatMap(Holding::trial)));
    return new Trouble(failures, failed.reason(), holding.or(() -> old));
  }

  /// With this attempt on its way to show how it stands; empty where there is none.
  public Trouble tried(Optional<AttemptRef> attempt) {
    return new Trouble(failures, last, holding.map(it -> it.tried(attempt)));
  }
}
