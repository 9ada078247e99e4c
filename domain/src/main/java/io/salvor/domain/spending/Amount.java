package io.salvor.domain.spending;

import io.salvor.domain.task.Meter;

/// Money and tokens. What is added may be less than nothing: an agent's closing statement may name
/// less than was summed up while it ran. An agent may tell of any figure: one beyond [#MOST] is
/// cut, so that no sum overflows.
public record Amount(long microUsd, long tokens) {
  /// More than all that was ever used, with room above it for eight more of it.
  public static final long MOST = 1_000_000_000_000_000_000L;

  public static final Amount ZERO = new Amount(0, 0);

  public Amount {
    microUsd = Math.clamp(microUsd, -MOST, MOST);
    tokens = Math.clamp(tokens, -MOST, MOST);
  }

  public Amount plus(Amount other) {
    return new Amount(microUsd + other.microUsd, tokens + other.tokens);
  }

  /// What this is more than `other`.
  Amount minus(Amount other) {
    return new Amount(microUsd - other.microUsd, tokens - other.tokens);
  }

  /// How much of it this meter counts.
  public long of(Meter meter) {
    return switch (meter) {
      case COST -> microUsd;
      case TOKENS -> tokens;
    };
  }
}
