package io.salvor.server.config;

import io.salvor.domain.provider.Breaker;
import io.salvor.domain.provider.Trouble;
import java.util.List;

/// `[breaker]`: when a provider is let rest that fails attempts.
final class BreakerSettings {
  static final List<String> KEYS = List.of("failures", "window", "cool_down", "cool_down_most");

  private BreakerSettings() {}

  /// @throws IllegalArgumentException where it says something that cannot be meant
  static Breaker of(Settings table) {
    Breaker usual = Breaker.DEFAULT;
    return new Breaker(
        table.upTo("failures", Trouble.MOST_KEPT).orElse(usual.failures()),
        table.duration("window").orElse(usual.window()),
        table.duration("cool_down").orElse(usual.coolDown()),
        table.duration("cool_down_most").orElse(usual.coolDownMost()));
  }
}
