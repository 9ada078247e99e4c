package io.salvor.domain.backup;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a restore will do.
///
/// @param take the generation, and the segments that are replayed onto it
/// @param until the log is cut after this; absent for all of it
/// @param epoch of the store that comes of it: greater than any that this store has had, so that
///   whatever still acts for an earlier one is fenced off
/// @param loss what there is now and will not be any longer
public record RestorePlan(Reach take, Optional<Cut> until, long epoch, Loss loss) {

  /// The generation that it takes.
  public Generation from() {
    return take.from();
  }

  /// The same for a home that knows of an epoch of that store, which may be beyond all that lie
  /// with what is taken; 0 for one that knows none.
  public RestorePlan above(long known) {
    return new RestorePlan(take, until, Math.max(epoch, known + 1), loss);
  }

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
    /// All that there is, is in what is taken.
    record Nothing() implements Loss {}

    /// These records; the store that has them is moved aside and keeps them.
    record Records(long firstSeq, long lastSeq) implements Loss {}

    /// Another store altogether, which is moved aside.
    record OtherStore(Head head) implements Loss {}

    /// What came after this was written down: nobody can tell how much.
    record Unknown(Instant since) implements Loss {}
  }

  /// What came of planning.
  public sealed interface Ruling {
    /// This can be done.
    record Ready(RestorePlan plan) implements Ruling {}

    /// There is no backup of this name.
    record Absent(String name) implements Ruling {}

    /// There is nothing that can be restored.
    ///
    /// @param detail one sentence
    record Refused(String detail) implements Ruling {}
  }

  /// What there is to restore.
  ///
  /// @param lineages the stores that the home has had
  public record Stock(List<Generation> generations, List<Segment> segments, Lineages lineages) {
    public Stock {
      generations = List.copyOf(generations);
      segments = List.copyOf(segments);
    }
  }

  /// Plans a restore.
  public static Ruling of(Target target, Stock stock, Present present) {
    return switch (target) {
      case Target.Latest _ ->
          latest(stock)
              .map(it -> ready(it, Optional.empty(), stock, present))
              .orElseGet(() -> new Ruling.Refused("there is no verified backup"));
      case Target.Named(var name) ->
          stock.generations().stream()
              .filter(it -> it.name().equals(name))
              .findFirst()
              .map(it -> named(it, stock, present))
              .orElseGet(() -> new Ruling.Absent(name));
      case Target.At(var cut) ->
          holding(cut, stock)
              .map(it -> ready(it, Optional.of(cut), stock, present))
              .orElseGet(() -> new Ruling.Refused("no verified backup reaches that far"));
    };
  }

  private static Ruling named(Generation generation, Stock stock, Present present) {
    return generation.damaged()
        ? new Ruling.Refused(generation.name() + " is damaged")
        : ready(Reach.alone(generation), Optional.empty(), stock, present);
  }

  /// Of the present store, else of the one before it: one that was begun anew and has nothing yet
  /// hides nothing.
  private static Optional<Reach> latest(Stock stock) {
    for (Lineages.Known known : stock.lineages().all().reversed()) {
      Optional<Reach> best = Reach.best(known.lineage(), stock.generations(), stock.segments());
      if (best.isPresent()) {
        return best;
      }
    }
    return stock.generations().stream()
        .filter(it -> !it.damaged())
        .max(Comparator.comparing(Generation::at).thenComparing(Generation.BY_WORTH))
        .flatMap(it -> Reach.best(it.head().lineage(), stock.generations(), stock.segments()));
  }

  /// The newest generation at or below the cut from which segments lead to it; where there is none,
  /// one beyond it, of which the rest is cut off. Never of another epoch than the latest: what a
  /// restore left out is reached only by the name of its generation.
  private static Optional<Reach> holding(Cut cut, Stock stock) {
    return latest(stock)
        .filter(it -> covers(it, cut))
        .map(top ->
            stock.generations().stream()
                .filter(it -> isBeside(it, top.from()) && isBelow(it, cut))
                .map(it -> Reach.of(it, stock.segments()))
                .filter(it -> covers(it, cut))
                .max(Comparator.comparing(Reach::from, Generation.BY_WORTH))
                .map(it -> through(it, cut))
                .orElse(covers(Reach.alone(top.from()), cut) ? Reach.alone(top.from()) : top));
  }

  private static boolean isBeside(Generation it, Generation top) {
    return !it.damaged()
        && it.head().lineage().equals(top.head().lineage())
        && it.head().epoch() == top.head().epoch();
  }

  private static boolean isBelow(Generation it, Cut cut) {
    return switch (cut) {
      case Cut.AfterSeq(var seq) -> it.head().seq() <= seq;
      case Cut.AfterTime(var at) -> !it.at().isAfter(at);
    };
  }

  private static boolean covers(Reach reach, Cut cut) {
    return switch (cut) {
      case Cut.AfterSeq(var seq) -> seq >= 1 && seq <= reach.seq();
      case Cut.AfterTime(var at) -> !at.isAfter(reach.at());
    };
  }

  private static Reach through(Reach reach, Cut cut) {
    return switch (cut) {
      case Cut.AfterSeq(var seq) -> reach.through(seq);
      case Cut.AfterTime(var at) -> reach.through(at);
    };
  }

  private static Ruling ready(Reach take, Optional<Cut> until, Stock stock, Present present) {
    Head taken = take.from().head();
    long epoch = Math.max(taken.epoch(), stock.lineages().epoch(taken.lineage()));
    if (present instanceof Present.Legible(var head) && head.lineage().equals(taken.lineage())) {
      epoch = Math.max(epoch, head.epoch());
    }
    return new Ruling.Ready(new RestorePlan(take, until, epoch + 1, loss(take, until, present)));
  }

  private static Loss loss(Reach take, Optional<Cut> until, Present present) {
    return switch (present) {
      case Present.Missing _, Present.Illegible _ -> new Loss.Unknown(take.at());
      case Present.Legible(var head) when !head.lineage().equals(take.from().head().lineage()) ->
          new Loss.OtherStore(head);
      case Present.Legible(var head) -> {
        long end =
            until.isPresent() && until.get() instanceof Cut.AfterSeq(var seq) ? seq : take.seq();
        yield head.seq() > end ? new Loss.Records(end + 1, head.seq()) : new Loss.Nothing();
      }
    };
  }
}
