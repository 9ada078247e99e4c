package io.salvor.domain.backup;

import java.util.List;
import java.util.Optional;

/// Which copies of a store become generations: never one that is worse than what is there.
public final class Admission {
  private Admission() {}

  /// A copy that was examined.
  ///
  /// @param damage what is wrong with it; empty for nothing
  /// @param idAtBest id of its record at the seq where what is best of its lineage ends; empty
  ///   where it has none there, or where there is nothing
  public record Candidate(Head head, List<String> damage, Optional<String> idAtBest) {
    public Candidate {
      damage = List.copyOf(damage);
    }
  }

  /// What becomes of it.
  public sealed interface Ruling {
    /// It is published.
    record Admitted() implements Ruling {}

    /// It is kept aside, and people are told.
    ///
    /// @param detail one sentence
    record Refused(Reason reason, String detail) implements Ruling {}
  }

  /// Why a copy does not count, in the order in which it is looked at.
  public enum Reason {
    /// Its bytes are not what was written.
    CORRUPT,
    /// It is another store than the one that this home has.
    FOREIGN_LINEAGE,
    /// It has no records, but there were some.
    EMPTY,
    /// It was restored less often than the best one.
    OLD_EPOCH,
    /// It ends before the best one.
    SHORTER,
    /// Where the best one ends, it says something else.
    DIVERGED
  }

  /// Judges a copy.
  ///
  /// @param there all generations of the home
  /// @param segments all segments of the home
  public static Ruling judge(
      Candidate candidate, Lineages lineages, List<Generation> there, List<Segment> segments) {
    Head head = candidate.head();
    if (!candidate.damage().isEmpty()) {
      return refused(Reason.CORRUPT, candidate.damage().getFirst());
    }
    if (lineages.current().isPresent() && !lineages.isCurrent(head.lineage())) {
      return refused(
          Reason.FOREIGN_LINEAGE,
          "it is store "
              + head.lineage()
              + ", but this home has "
              + lineages.current().get().lineage());
    }
    if (head.seq() == 0 && !there.isEmpty()) {
      return refused(Reason.EMPTY, "it has no records, but there are backups with some");
    }
    return Reach.best(head.lineage(), there, segments)
        .map(best -> against(best, candidate))
        .orElseGet(Ruling.Admitted::new);
  }

  private static Ruling against(Reach bar, Candidate candidate) {
    Head head = candidate.head();
    if (head.epoch() != bar.epoch()) {
      return head.epoch() > bar.epoch()
          ? new Ruling.Admitted()
          : refused(Reason.OLD_EPOCH, bar.name() + " was made after a restore that it has not had");
    }
    if (head.seq() < bar.seq()) {
      return refused(
          Reason.SHORTER,
          "it ends at record " + head.seq() + ", but " + bar.name() + " at " + bar.seq());
    }
    return candidate.idAtBest().map(Segment::brief).filter(bar.id()::equals).isPresent()
        ? new Ruling.Admitted()
        : refused(
            Reason.DIVERGED,
            "its record " + bar.seq() + " is not the one that " + bar.name() + " has");
  }

  private static Ruling refused(Reason reason, String detail) {
    return new Ruling.Refused(reason, detail);
  }

  /// The generation that says all that the store says now; empty where a new one is due.
  ///
  /// @param newsSince whether the store has records after the end of the best generation that are
  ///   not themselves about backups
  public static Optional<Generation> unchanged(
      Head now, boolean newsSince, List<Generation> there) {
    return newsSince
        ? Optional.empty()
        : Generation.best(now.lineage(), there)
            .filter(best -> best.head().epoch() == now.epoch() && best.head().seq() <= now.seq());
  }
}
