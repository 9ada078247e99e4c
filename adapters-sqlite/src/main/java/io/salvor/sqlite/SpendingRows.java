package io.salvor.sqlite;

import io.salvor.domain.spending.Amount;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.spending.Spent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was used by day and project, in and out of its table.
final class SpendingRows {
  /// Adds to a row, or makes it.
  static final String ADD =
      "INSERT INTO spending (day, project, micro_usd, tokens) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (day, project) DO UPDATE SET micro_usd = "
          + sum("micro_usd")
          + ", tokens = "
          + sum("tokens");

  /// One row for each project and day: it grows with time and not with tasks.
  static final String ALL = "SELECT day, project, micro_usd, tokens FROM spending ORDER BY day";

  private SpendingRows() {}

  /// Cut as an [Amount] is: a sum that overflows is no whole number any more.
  private static String sum(String column) {
    return "max(-%2$d, min(%2$d, %1$s + excluded.%1$s))".formatted(column, Amount.MOST);
  }

  static void bind(PreparedStatement add, Spent spent) throws SQLException {
    add.setLong(1, spent.day());
    add.setString(2, spent.project());
    add.setLong(3, spent.amount().microUsd());
    add.setLong(4, spent.amount().tokens());
  }

  static Spending read(Connection connection) throws SQLException {
    var days = new TreeMap<Long, SortedMap<String, Amount>>();
    var totals = new TreeMap<String, Amount>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(ALL)) {
      while (rows.next()) {
        var amount = new Amount(rows.getLong(3), rows.getLong(4));
        days.computeIfAbsent(rows.getLong(1), _ -> new TreeMap<>()).put(rows.getString(2), amount);
        totals.merge(rows.getString(2), amount, Amount::plus);
      }
    }
    while (days.size() > Spending.DAYS_KEPT) {
      days.pollFirstEntry();
    }
    return new Spending(days, totals);
  }

  /// Whether a store is of a version that has the table.
  static boolean exist(Connection connection) throws SQLException {
    return Schema.has(connection, "spending");
  }

  /// Every row, as the table has them.
  static Tally tally(Connection connection) throws SQLException {
    var tally = new Tally();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(ALL)) {
      while (rows.next()) {
        tally.add(
            new Spent(
                rows.getString(2), rows.getLong(1), new Amount(rows.getLong(3), rows.getLong(4))));
      }
    }
    return tally;
  }

  /// Throws all rows away and writes these.
  static void replace(Connection connection, Tally tally) throws SQLException {
    try (var delete = connection.createStatement();
        var add = connection.prepareStatement(ADD)) {
      delete.executeUpdate("DELETE FROM spending");
      for (Spent spent : tally.all()) {
        bind(add, spent);
        add.executeUpdate();
      }
    }
  }

  /// Sums by day and project. Used by one thread.
  static final class Tally {
    private final TreeMap<Long, TreeMap<String, Amount>> sums = new TreeMap<>();

    void add(Spent spent) {
      sums.computeIfAbsent(spent.day(), _ -> new TreeMap<>())
          .merge(spent.project(), spent.amount(), Amount::plus);
    }

    List<Spent> all() {
      var all = new ArrayList<Spent>();
      for (Map.Entry<Long, TreeMap<String, Amount>> day : sums.entrySet()) {
        day.getValue().forEach((project, sum) -> all.add(new Spent(project, day.getKey(), sum)));
      }
      return all;
    }

    /// Whether both have the same sums; one that came to nothing is as good as none.
    boolean sameAs(Tally other) {
      return something().equals(other.something());
    }

    private List<Spent> something() {
      return all().stream().filter(it -> !it.amount().equals(Amount.ZERO)).toList();
    }
  }
}
