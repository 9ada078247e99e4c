package io.salvor.domain.admission;

import java.util.OptionalInt;

/// What all tasks of some kind may have together.
///
/// @param maxConcurrent attempts that may be open at once
/// @param perDay what they may use on a day of UTC
/// @param inAll what they may ever use
public record Quota(OptionalInt maxConcurrent, Allowance perDay, Allowance inAll) {
  /// Whatever there is.
  public static final Quota ANY = new Quota(OptionalInt.empty(), Allowance.ANY, Allowance.ANY);

  /// So many attempts at once, and no other limit.
  public static Quota ofSlots(int maxConcurrent) {
    return new Quota(OptionalInt.of(maxConcurrent), Allowance.ANY, Allowance.ANY);
  }
}
