package io.salvor.domain.recovery;

import io.salvor.domain.task.Remedy;
import java.util.List;
import java.util.function.Predicate;

/// One row of the matrix.
///
/// @param name by which it is called everywhere
/// @param when in words
/// @param applies the same as a rule
/// @param raise limits that were the cause and are doubled for the next attempt
/// @param why one sentence for people
public record Row(
    String name,
    String when,
    Predicate<Symptoms> applies,
    Remedy remedy,
    List<Raise> raise,
    String why) {
  public Row {
    raise = List.copyOf(raise);
  }

  /// A limit that is doubled.
  public enum Raise {
    DEADLINE,
    SILENCE,
    FIRST_EVENT,
    TURNS,
    COST,
    TOKENS
  }
}
