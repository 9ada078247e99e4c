package io.salvor.domain.spending;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that was used.
///
/// @param days by day and project; those of the last month, the others are in the totals only
/// @param totals by project, of all days
public record Spending(
    SortedMap<Long, SortedMap<String, Amount>> days, SortedMap<String, Amount> totals) {
  /// So many days are told apart.
  public static final int DAYS_KEPT = 32;

  /// Nothing.
  public static final Spending NONE = new Spending(new TreeMap<>(), new TreeMap<>());

  public Spending {
    days = Collections.unmodifiableSortedMap(days);
    totals = Collections.unmodifiableSortedMap(totals);
  }

  /// With this too.
  public Spending plus(Spent more) {
    var newTotals = new TreeMap<>(totals);
    newTotals.merge(more.project(), more.amount(), Amount::plus);
    var newDays = new TreeMap<>(days);
    var day = new TreeMap<>(newDays.getOrDefault(more.day(), Collections.emptySortedMap()));
    day.merge(more.project(), more.amount(), Amount::plus);
    newDays.put(more.day(), Collections.unmodifiableSortedMap(day));
    while (newDays.size() > DAYS_KEPT) {
      newDays.pollFirstEntry();
    }
    return new Spending(newDays, newTotals);
  }

  /// What all projects used on that day.
  public Amount on(long day) {
    return days.getOrDefault(day, Collections.emptySortedMap()).values().stream()
        .reduce(Amount.ZERO, Amount::plus);
  }

  /// What this project used on that day.
  public Amount on(long day, String project) {
    return days.getOrDefault(day, Collections.emptySortedMap()).getOrDefault(project, Amount.ZERO);
  }

  /// What this project ever used.
  public Amount of(String project) {
    return totals.getOrDefault(project, Amount.ZERO);
  }
}
