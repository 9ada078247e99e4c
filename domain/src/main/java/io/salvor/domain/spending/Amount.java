package io.salvor.domain.spending;

import io.salvor.domain.task.Meter;

/// Money and tokens. What is added may be less than nothing: an agent's closing statement may name
/// less than was summed up while it ran.
public record Amount(long microUsd, long tokens) {
  public static final Amount ZERO = new Amount(0, 0);

  public Amount plus(Amount other) {
    return new Amount(Math.addExact(microUsd, other.microUsd), Math.addExact(tokens, other.tokens));
  }

  /// What this is more than `other`.
  Amount minus(Amount other) {
    return new Amount(
        Math.subtractExact(microUsd, other.microUsd), Math.subtractExact(tokens, other.tokens));
  }

  /// How much of it this meter counts.
  public long of(Meter meter) {
    return switch (meter) {
      case COST -> microUsd;
      case TOKENS -> tokens;
    };
  }
}
