package io.salvor.domain.backup;

import java.time.Instant;
import java.util.Optional;

/// A stretch of a store's log that was written down between two generations. It begins and ends
/// with whole decisions.
///
/// @param firstSeq of its records; never 0
/// @param at when it was read: all that was written until then is in it, or before it
/// @param follows the beginning of the id of the record before it
/// @param ends the beginning of the id of its last record
/// @param damaged whether it was found to be otherwise than it was published
public record Segment(
    String lineage,
    long epoch,
    long firstSeq,
    long lastSeq,
    Instant at,
    String follows,
    String ends,
    boolean damaged) {
  /// How much of an id stands in a name: 64 bits, so that no two stretches are mixed up by chance.
  private static final int ID_DIGITS = 16;

  private static final String SUFFIX = ".seg";
  private static final int PARTS = 7;

  public Segment {
    follows = brief(follows);
    ends = brief(ends);
  }

  /// As much of an id as names have.
  public static String brief(String id) {
    return id.substring(0, Math.min(ID_DIGITS, id.length()));
  }

  /// Its name, which says all that is known of it: in order, those of a store follow on each other.
  public String name() {
    return String.join(
            "_",
            lineage,
            Long.toString(epoch),
            padded(firstSeq),
            padded(lastSeq),
            Long.toString(at.toEpochMilli()),
            follows,
            ends)
        + SUFFIX;
  }

  private static String padded(long seq) {
    String digits = Long.toString(seq);
    return "0".repeat(Math.max(0, 12 - digits.length())) + digits;
  }

  /// The segment of this name; empty where it is the name of none.
  public static Optional<Segment> named(String name, boolean damaged) {
    if (!name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String[] parts = name.substring(0, name.length() - SUFFIX.length()).split("_", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      var segment =
          new Segment(
              parts[0],
              Long.parseLong(parts[1]),
              Long.parseLong(parts[2]),
              Long.parseLong(parts[3]),
              Instant.ofEpochMilli(Long.parseLong(parts[4])),
              parts[5],
              parts[6],
              damaged);
      return Optional.of(segment).filter(it -> it.name().equals(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
