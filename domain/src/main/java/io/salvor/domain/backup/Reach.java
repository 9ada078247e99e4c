package io.salvor.domain.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How far a generation leads, with the segments that go on from it without a gap.
///
/// @param then in the order of the log; the first may begin before the generation ends
public record Reach(Generation from, List<Segment> then) {

  /// The furthest last; of two that lead as far, the one with less to go on from it.
  static final Comparator<Reach> BY_WORTH =
      Comparator.<Reach>comparingLong(it -> it.from().head().epoch())
          .thenComparingLong(Reach::seq)
          .thenComparing(Reach::from, Generation.BY_WORTH);

  public Reach {
    then = List.copyOf(then);
  }

  /// A generation alone.
  static Reach alone(Generation generation) {
    return new Reach(generation, List.of());
  }

  /// A generation and all that goes on from it.
  public static Reach of(Generation generation, List<Segment> all) {
    List<Segment> usable =
        all.stream()
            .filter(it -> !it.damaged() && isOf(generation, it))
            .sorted(Comparator.comparingLong(Segment::lastSeq))
            .toList();
    var then = new ArrayList<Segment>();
    long seq = generation.head().seq();
    String id = Segment.brief(generation.head().id());
    for (Segment it : usable) {
      if (it.lastSeq() > seq
          && (it.firstSeq() <= seq || (it.firstSeq() == seq + 1 && it.follows().equals(id)))) {
        then.add(it);
        seq = it.lastSeq();
        id = it.ends();
      }
    }
    return new Reach(generation, then);
  }

  private static boolean isOf(Generation generation, Segment segment) {
    return segment.lineage().equals(generation.head().lineage())
        && segment.epoch() == generation.head().epoch();
  }

  /// What leads furthest in a lineage.
  public static Optional<Reach> best(
      String lineage, List<Generation> generations, List<Segment> segments) {
    return generations.stream()
        .filter(it -> !it.damaged() && it.head().lineage().equals(lineage))
        .map(it -> of(it, segments))
        .max(BY_WORTH);
  }

  /// Whether a segment has records that one of these generations does not have.
  public static boolean needs(List<Generation> kept, Segment segment) {
    return kept.stream().anyMatch(it -> isOf(it, segment) && it.head().seq() < segment.lastSeq());
  }

  /// The same, up to the segment that holds the record with this seq.
  Reach through(long seq) {
    return seq <= from.head().seq()
        ? alone(from)
        : new Reach(from, then.stream().filter(it -> it.firstSeq() <= seq).toList());
  }

  /// The same, up to the segment that was read then or later.
  Reach through(Instant at) {
    var needed = new ArrayList<Segment>();
    Instant reached = from.at();
    for (Segment it : then) {
      if (!reached.isBefore(at)) {
        break;
      }
      needed.add(it);
      reached = it.at();
    }
    return new Reach(from, needed);
  }

  /// Of the store that it is of.
  public long epoch() {
    return from.head().epoch();
  }

  /// Seq of the last record.
  public long seq() {
    return then.isEmpty() ? from.head().seq() : then.getLast().lastSeq();
  }

  /// The beginning of the id of the last record.
  public String id() {
    return then.isEmpty() ? Segment.brief(from.head().id()) : then.getLast().ends();
  }

  /// All that was written until then is in it.
  public Instant at() {
    return then.isEmpty() ? from.at() : then.getLast().at();
  }

  /// What it is called: by its last piece.
  String name() {
    return then.isEmpty() ? from.name() : "the segment after " + from.name();
  }
}
