package io.salvor.sqlite;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.ThreadId;
import io.salvor.records.InstanceFold;
import io.salvor.records.ThreadFold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// Records as they come out of the table.
final class RecordRows {
  /// The seqs come from the index alone; then the rows, in order and one by one, so that a long
  /// thread is never sorted.
  static final String OF_TASK =
      "SELECT "
          + RecordReader.COLUMNS
          + " FROM records WHERE seq IN (SELECT seq FROM records WHERE task = ?) ORDER BY seq";

  private RecordRows() {}

  /// A task's thread, folded from its records.
  static Optional<OpenThread> thread(Connection connection, TaskId task) throws SQLException {
    return fold(connection, task, new RecentSegments()).thread();
  }

  /// The fold of a task's records.
  static ThreadFold fold(Connection connection, TaskId task, RecentSegments recent)
      throws SQLException {
    try (var statement = connection.prepareStatement(OF_TASK);
        var reader = new RecordReader(connection, recent)) {
      statement.setBytes(1, Keys.bytes(task));
      var fold = new ThreadFold();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          fold.add(reader.record(rows));
        }
      }
      return fold;
    }
  }

  /// The instance's own thread, folded from its records: what people ordered, so it stays short.
  static InstanceThread instance(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(OF_TASK);
        var reader = new RecordReader(connection)) {
      statement.setBytes(1, Keys.task(new ThreadId.OfInstance()));
      var fold = new InstanceFold();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          fold.add(reader.record(rows));
        }
      }
      return fold.thread();
    }
  }
}
