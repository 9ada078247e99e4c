package io.salvor.domain.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/// Which generations are kept: the last three, the last of so many hours, days and weeks in which
/// there is one, and whatever nothing else replaces.
///
/// Hours in which no backup was made do not count, so that a server that rests loses nothing by it.
///
/// @param hourly hours of which the last is kept
/// @param daily days, by UTC
/// @param weekly weeks, from Monday on
public record Retention(int hourly, int daily, int weekly) {
  /// What is usual.
  public static final Retention USUAL = new Retention(24, 14, 8);

  private static final int RECENT = 3;
  private static final long HOUR = 3_600;
  private static final long DAY = 24 * HOUR;
  private static final long FIRST_MONDAY = 4 * DAY;

  public Retention {
    if (hourly < 0 || daily < 0 || weekly < 0) {
      throw new IllegalArgumentException("cannot keep less than nothing");
    }
  }

  /// Why a generation is kept; the first that holds.
  public enum Why {
    /// The furthest of its store since the last restore: nothing replaces it, however old it is.
    BEST,
    /// Among the last three: one alone could rot unseen.
    RECENT,
    HOURLY,
    DAILY,
    WEEKLY,
    /// It is damaged, but no verified one is as far yet.
    NOTHING_BETTER
  }

  /// Segments that no generation needs which is kept: none goes on to them any more.
  public static List<Segment> unneeded(List<Generation> kept, List<Segment> segments) {
    return segments.stream().filter(it -> !Reach.needs(kept, it)).toList();
  }

  /// What is to be done.
  ///
  /// @param keep with the reason, by name
  /// @param prune oldest first
  public record Plan(Map<String, Why> keep, List<Generation> prune) {
    public Plan {
      keep = new LinkedHashMap<>(keep);
      prune = List.copyOf(prune);
    }
  }

  /// Looks at each lineage by itself, so that a store that was begun anew pushes out nothing of the
  /// one before.
  public Plan plan(List<Generation> all) {
    var keep = new TreeMap<String, Why>();
    for (String lineage : new TreeSet<>(all.stream().map(it -> it.head().lineage()).toList())) {
      keepOf(all.stream().filter(it -> it.head().lineage().equals(lineage)).toList(), keep);
    }
    var prune = new ArrayList<>(all.stream().filter(it -> !keep.containsKey(it.name())).toList());
    prune.sort(Generation.BY_WORTH);
    return new Plan(keep, prune);
  }

  private void keepOf(List<Generation> lineage, Map<String, Why> keep) {
    List<Generation> sound =
        lineage.stream()
            .filter(it -> !it.damaged())
            .sorted(Generation.BY_WORTH.reversed())
            .toList();
    var epochs = new TreeSet<Long>();
    for (Generation it : sound) {
      if (epochs.add(it.head().epoch())) {
        keep.put(it.name(), Why.BEST);
      }
    }
    sound.stream().limit(RECENT).forEach(it -> keep.putIfAbsent(it.name(), Why.RECENT));
    lastOfEach(sound, at -> Math.floorDiv(at.getEpochSecond(), HOUR), hourly, Why.HOURLY, keep);
    lastOfEach(sound, at -> Math.floorDiv(at.getEpochSecond(), DAY), daily, Why.DAILY, keep);
    lastOfEach(sound, Retention::week, weekly, Why.WEEKLY, keep);
    lineage.stream()
        .filter(it -> it.damaged() && sound.stream().noneMatch(other -> replaces(other, it)))
        .forEach(it -> keep.put(it.name(), Why.NOTHING_BETTER));
  }

  private static long week(Instant at) {
    return Math.floorDiv(at.getEpochSecond() - FIRST_MONDAY, 7 * DAY);
  }

  private static boolean replaces(Generation sound, Generation damaged) {
    return !damaged.head().isFurtherThan(sound.head());
  }

  /// @param furthestFirst of what is there
  private static void lastOfEach(
      List<Generation> furthestFirst,
      ToLongFunction<Instant> span,
      int spans,
      Why why,
      Map<String, Why> keep) {
    var seen = new TreeSet<Long>();
    for (Generation it : furthestFirst) {
      if (seen.size() < spans && seen.add(span.applyAsLong(it.at()))) {
        keep.putIfAbsent(it.name(), why);
      }
    }
  }
}
