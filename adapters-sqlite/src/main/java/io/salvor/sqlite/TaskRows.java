package io.salvor.sqlite;

import com.google.protobuf.ByteString;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.task.TaskState;
import io.salvor.records.TaskRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

/// The projection's rows, in and out of the table.
final class TaskRows {
  /// What [#row] reads and [#bindUpsert] writes, in this order.
  static final String COLUMNS =
      "number, id, title, project, agent, state, closed, since, revision, created_at, updated_at,"
          + " cost_micro_usd, tokens, attempts, snapshot";

  /// Makes a row, or writes it anew where it opens or closes or where a person changed what stands
  /// in it. What never changes in a task is left as it is.
  static final String UPSERT =
      "INSERT INTO tasks ("
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (id) DO UPDATE SET title = excluded.title, agent = excluded.agent,"
          + " state = excluded.state, closed = excluded.closed,"
          + " since = excluded.since, revision = excluded.revision,"
          + " updated_at = excluded.updated_at, cost_micro_usd = excluded.cost_micro_usd,"
          + " tokens = excluded.tokens, attempts = excluded.attempts,"
          + " snapshot = excluded.snapshot";

  /// Changes a row that stays open or stays closed and says the same of what was asked for; for
  /// most changes no index has to be touched.
  static final String UPDATE =
      "UPDATE tasks SET state = ?, since = ?, revision = ?, updated_at = ?, cost_micro_usd = ?,"
          + " tokens = ?, attempts = ?, snapshot = ? WHERE number = ? AND closed = ?";

  private TaskRows() {}

  static void bindUpdate(PreparedStatement statement, TaskRow row) throws SQLException {
    statement.setString(1, row.state().name());
    statement.setLong(2, row.since());
    statement.setLong(3, row.revision());
    statement.setLong(4, Keys.micros(row.updatedAt()));
    bindCost(statement, 5, row.cost());
    statement.setLong(6, row.tokens());
    statement.setLong(7, row.attempts());
    statement.setBytes(8, row.snapshot().toByteArray());
    statement.setLong(9, row.display().number());
    statement.setLong(10, row.closed() ? 1 : 0);
  }

  private static void bindCost(PreparedStatement statement, int index, Optional<MicroUsd> cost)
      throws SQLException {
    if (cost.isPresent()) {
      statement.setLong(index, cost.get().value());
    } else {
      statement.setNull(index, Types.INTEGER);
    }
  }

  static void bindUpsert(PreparedStatement statement, TaskRow row) throws SQLException {
    statement.setLong(1, row.display().number());
    statement.setBytes(2, Keys.bytes(row.id()));
    statement.setString(3, row.title());
    statement.setString(4, row.project());
    statement.setString(5, row.agent());
    statement.setString(6, row.state().name());
    statement.setLong(7, row.closed() ? 1 : 0);
    statement.setLong(8, row.since());
    statement.setLong(9, row.revision());
    statement.setLong(10, Keys.micros(row.createdAt()));
    statement.setLong(11, Keys.micros(row.updatedAt()));
    bindCost(statement, 12, row.cost());
    statement.setLong(13, row.tokens());
    statement.setLong(14, row.attempts());
    statement.setBytes(15, row.snapshot().toByteArray());
  }

  static TaskRow row(ResultSet rows) throws SQLException {
    long cost = rows.getLong(12);
    Optional<MicroUsd> known = rows.wasNull() ? Optional.empty() : Optional.of(new MicroUsd(cost));
    return new TaskRow(
        Keys.task(rows.getBytes(2)),
        new DisplayId(rows.getLong(1)),
        rows.getString(3),
        rows.getString(4),
        rows.getString(5),
        TaskState.Kind.valueOf(rows.getString(6)),
        rows.getLong(7) == 1,
        rows.getLong(8),
        rows.getLong(9),
        Keys.time(rows.getLong(10)),
        Keys.time(rows.getLong(11)),
        known,
        rows.getLong(13),
        rows.getInt(14),
        ByteString.copyFrom(rows.getBytes(15)));
  }
}
