package io.salvor.domain.backup;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a restore will do.
///
/// @param from what it takes
/// @param until the log is cut after this; absent for all of it
/// @param epoch of the store that comes of it: greater than any that this store has had, so that
///   whatever still acts for an earlier one is fenced off
/// @param loss what there is now and will not be any longer
public record RestorePlan(Generation from, Optional<Cut> until, long epoch, Loss loss) {

  /// What somebody wants back.
  public sealed interface Target {
    /// The furthest that there is of the home's store.
    record Latest() implements Target {}

    /// This generation, all of it.
    record Named(String generation) implements Target {}

    /// The log as it was at some point.
    record At(Cut cut) implements Target {}
  }

  /// Where a log is cut: at the end of the last decision that is not beyond it.
  public sealed interface Cut {
    /// After this record.
    record AfterSeq(long seq) implements Cut {}

    /// After what was written up to then.
    record AfterTime(Instant at) implements Cut {}
  }

  /// The store that a restore takes the place of.
  public sealed interface Present {
    /// There is none.
    record Missing() implements Present {}

    /// There is one that nobody can read.
    record Illegible() implements Present {}

    /// There is one.
    record Legible(Head head) implements Present {}
  }

  /// What a restore leaves out.
  public sealed interface Loss {
    /// All that there is, is in the generation.
    record Nothing() implements Loss {}

    /// These records; the store that has them is moved aside and keeps them.
    record Records(long firstSeq, long lastSeq) implements Loss {}

    /// Another store altogether, which is moved aside.
    record OtherStore(Head head) implements Loss {}

    /// What came after the generation was made: nobody can tell how much.
    record Unknown(Instant since) implements Loss {}
  }

  /// What came of planning.
  public sealed interface Ruling {
    /// This can be done.
    record Ready(RestorePlan plan) implements Ruling {}

    /// There is no such thing to restore.
    ///
    /// @param detail one sentence
    record Refused(String detail) implements Ruling {}
  }

  /// Plans a restore.
  public static Ruling of(
      Target target, List<Generation> there, Lineages lineages, Present present) {
    return switch (target) {
      case Target.Latest _ ->
          latest(there, lineages)
              .map(it -> ready(it, Optional.empty(), lineages, present))
              .orElseGet(() -> new Ruling.Refused("there is no verified backup"));
      case Target.Named(var name) ->
          there.stream()
              .filter(it -> it.name().equals(name))
              .findFirst()
              .map(it -> named(it, lineages, present))
              .orElseGet(() -> new Ruling.Refused("there is no backup " + name));
      case Target.At(var cut) ->
          holding(cut, there, lineages)
              .map(it -> ready(it, Optional.of(cut), lineages, present))
              .orElseGet(() -> new Ruling.Refused("no verified backup reaches that far"));
    };
  }

  private static Ruling named(Generation generation, Lineages lineages, Present present) {
    return generation.damaged()
        ? new Ruling.Refused(generation.name() + " is damaged")
        : ready(generation, Optional.empty(), lineages, present);
  }

  /// Of the present store, else of the one before it: one that was begun anew and has nothing yet
  /// hides nothing.
  private static Optional<Generation> latest(List<Generation> there, Lineages lineages) {
    for (Lineages.Known known : lineages.all().reversed()) {
      Optional<Generation> best = Generation.best(known.lineage(), there);
      if (best.isPresent()) {
        return best;
      }
    }
    return there.stream()
        .filter(it -> !it.damaged())
        .max(Comparator.comparing(Generation::at).thenComparing(Generation.BY_WORTH));
  }

  /// The furthest of the latest one's lineage; it has to reach as far as the cut.
  private static Optional<Generation> holding(Cut cut, List<Generation> there, Lineages lineages) {
    return latest(there, lineages)
        .filter(it ->
            switch (cut) {
              case Cut.AfterSeq(var seq) -> seq >= 1 && seq <= it.head().seq();
              case Cut.AfterTime(var at) -> !at.isAfter(it.at());
            });
  }

  private static Ruling ready(
      Generation from, Optional<Cut> until, Lineages lineages, Present present) {
    long epoch = Math.max(from.head().epoch(), lineages.epoch(from.head().lineage()));
    if (present instanceof Present.Legible(var head)
        && head.lineage().equals(from.head().lineage())) {
      epoch = Math.max(epoch, head.epoch());
    }
    return new Ruling.Ready(new RestorePlan(from, until, epoch + 1, loss(from, until, present)));
  }

  private static Loss loss(Generation from, Optional<Cut> until, Present present) {
    Head taken = from.head();
    return switch (present) {
      case Present.Missing _, Present.Illegible _ -> new Loss.Unknown(from.at());
      case Present.Legible(var head) when !head.lineage().equals(taken.lineage()) ->
          new Loss.OtherStore(head);
      case Present.Legible(var head) -> {
        long end =
            until.isPresent() && until.get() instanceof Cut.AfterSeq(var seq) ? seq : taken.seq();
        yield head.seq() > end ? new Loss.Records(end + 1, head.seq()) : new Loss.Nothing();
      }
    };
  }
}
