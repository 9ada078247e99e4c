package io.salvor.domain.backup;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A backup that was verified before it counted.
///
/// @param name of its folder
/// @param at when the store was copied
/// @param damaged whether it was found to be otherwise than it was published
public record Generation(String name, Head head, Instant at, boolean damaged) {

  /// The furthest last; of two that are as far, the later one.
  public static final Comparator<Generation> BY_WORTH =
      Comparator.<Generation>comparingLong(it -> it.head().epoch())
          .thenComparingLong(it -> it.head().seq())
          .thenComparing(Generation::at)
          .thenComparing(Generation::name);

  /// The furthest one of a lineage that is as it was published.
  public static Optional<Generation> best(String lineage, List<Generation> all) {
    return all.stream()
        .filter(it -> !it.damaged() && it.head().lineage().equals(lineage))
        .max(BY_WORTH);
  }
}
