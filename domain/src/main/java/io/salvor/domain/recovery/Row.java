package io.salvor.domain.recovery;

import io.salvor.domain.task.Remedy;
import java.util.List;
import java.util.function.Predicate;

/// One row of the matrix.
///
/// @param name by which it is called everywhere
/// @param when in words
/// @param applies the same as a rule
/// @param raise what was the cause and is changed for the next attempt
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

  /// A limit that is doubled, or what is taken instead.
  public enum Raise {
    DEADLINE,
    SILENCE,
    FIRST_EVENT,
    TURNS,
    COST,
    TOKENS,
    /// The fallback model instead of the one that was asked for.
    MODEL
  }
}
