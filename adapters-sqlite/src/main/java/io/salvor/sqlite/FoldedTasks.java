package io.salvor.sqlite;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.spending.Spent;
import io.salvor.records.TaskRow;
import io.salvor.records.ThreadFold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tasks as the log has them and as the table has them, one by one in the order of their ids, so
/// that a store of any size is compared in little memory.
final class FoldedTasks {
  private static final String NEXT =
      "SELECT min(id) FROM (SELECT min(task) AS id FROM records WHERE task > ?1"
          + " UNION ALL SELECT min(id) FROM tasks WHERE id > ?1)";
  private static final String ROW = "SELECT " + TaskRows.COLUMNS + " FROM tasks WHERE id = ?";

  private FoldedTasks() {}

  /// The same task twice.
  ///
  /// @param folded from its records
  /// @param listed as it stands in the table
  /// @param spent what its records tell of use
  record Pair(TaskId id, Optional<TaskRow> folded, Optional<TaskRow> listed, List<Spent> spent) {
    boolean same() {
      return folded.equals(listed);
    }
  }

  /// The task after `id`, which is null before the first; empty after the last.
  ///
  /// @param recent of the calls before
  static Optional<Pair> after(Connection connection, @Nullable TaskId id, RecentSegments recent)
      throws SQLException {
    Optional<TaskId> next = next(connection, id);
    if (next.isEmpty()) {
      return Optional.empty();
    }
    ThreadFold fold = RecordRows.fold(connection, next.get(), recent);
    return Optional.of(
        new Pair(
            next.get(),
            fold.thread().map(TaskRow::of),
            listed(connection, next.get()),
            fold.spent()));
  }

  private static Optional<TaskId> next(Connection connection, @Nullable TaskId id)
      throws SQLException {
    try (var statement = connection.prepareStatement(NEXT)) {
      statement.setBytes(1, id == null ? new byte[0] : Keys.bytes(id));
      try (var rows = statement.executeQuery()) {
        byte @Nullable [] bytes = rows.next() ? rows.getBytes(1) : null;
        return bytes == null ? Optional.empty() : Optional.of(Keys.task(bytes));
      }
    }
  }

  private static Optional<TaskRow> listed(Connection connection, TaskId id) throws SQLException {
    try (var statement = connection.prepareStatement(ROW)) {
      statement.setBytes(1, Keys.bytes(id));
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(TaskRows.row(rows)) : Optional.empty();
      }
    }
  }
}
