package io.salvor.domain.provider;

import io.salvor.domain.provider.ProviderFact.Hold;
import io.salvor.domain.provider.Trouble.Holding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// `decide`: what follows for a provider from what attempts tell of it.
///
/// So many failures in a row, whichever tasks they are of, hold it: no attempt of it begins for a
/// while, then a single one. What that meets decides; only an answer lets the others begin again.
///
/// @param failures in a row that hold it; 0 where nothing ever does
/// @param window in which they must lie
/// @param coolDown how long it is held first; doubled each time that the trial fails
/// @param coolDownMost the longest
public record Breaker(int failures, Duration window, Duration coolDown, Duration coolDownMost) {
  /// Five failures in ten minutes; a minute, two, four, up to a quarter of an hour.
  public static final Breaker DEFAULT =
      new Breaker(5, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofMinutes(15));

  public Breaker {
    if (failures < 0 || failures > Trouble.MOST_KEPT) {
      throw new IllegalArgumentException("failures are from 0 to " + Trouble.MOST_KEPT);
    }
  }

  /// Whether it holds anything; where it does not, what was held before begins as all else does.
  public boolean holds() {
    return failures > 0;
  }

  /// What is to be said of it; empty where nothing changes.
  ///
  /// @param trouble empty where it answered the last time
  public Optional<ProviderFact> after(Optional<Trouble> trouble, ProviderNews news) {
    return switch (news) {
      case ProviderNews.Failing failing ->
          Optional.of(
              new ProviderFact.Failed(
                  failing.provider(), failing.attempt(), failing.reason(), hold(trouble, failing)));
      case ProviderNews.Serving serving ->
          trouble.map(_ -> new ProviderFact.Served(serving.provider()));
      case ProviderNews.Over over ->
          trouble
              .filter(it -> it.isTrial(over.attempt()))
              .map(_ -> new ProviderFact.Untold(over.provider()));
    };
  }

  private Optional<Hold> hold(Optional<Trouble> trouble, ProviderNews.Failing failing) {
    if (!holds()) {
      return Optional.empty();
    }
    Optional<Holding> holding = trouble.flatMap(Trouble::holding);
    if (holding.isEmpty()) {
      return inARow(trouble, failing.at()) >= failures
          ? Optional.of(hold(1, failing))
          : Optional.empty();
    }
    Holding held = holding.get();
    boolean trial = trouble.get().isTrial(failing.attempt());
    if (!trial && held.lasts(failing.at())) { // it began before that, and adds no time
      Instant until = latest(held.until(), failing.notBefore());
      return Optional.of(new Hold(until, held.times()));
    }
    return Optional.of(hold(held.times() + 1, failing));
  }

  private long inARow(Optional<Trouble> trouble, Instant now) {
    Instant from = now.minus(window);
    return 1
        + trouble.stream()
            .flatMap(it -> it.failures().stream())
            .filter(at -> at.isAfter(from) && !at.isAfter(now))
            .count();
  }

  private Hold hold(int times, ProviderNews.Failing failing) {
    Duration wait = coolDown;
    for (int i = 1; i < times && wait.compareTo(coolDownMost) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    wait = wait.compareTo(coolDownMost) < 0 ? wait : coolDownMost;
    return new Hold(latest(failing.at().plus(wait), failing.notBefore()), times);
  }

  private static Instant latest(Instant one, Optional<Instant> other) {
    return other.filter(one::isBefore).orElse(one);
  }
}
