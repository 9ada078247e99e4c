package io.salvor.domain.admission;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.task.Meter;
import java.util.Optional;
import java.util.OptionalLong;

/// What may be used over many tasks; what is empty has no limit.
///
/// @param tokens input and output together
public record Allowance(Optional<MicroUsd> cost, OptionalLong tokens) {
  /// No limit.
  public static final Allowance ANY = new Allowance(Optional.empty(), OptionalLong.empty());

  /// The limit that this meter has.
  public OptionalLong limit(Meter meter) {
    return switch (meter) {
      case COST -> cost.map(it -> OptionalLong.of(it.value())).orElseGet(OptionalLong::empty);
      case TOKENS -> tokens;
    };
  }
}
