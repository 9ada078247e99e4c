package io.salvor.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/// Transactions by SQL. Connections stay in the driver's auto-commit mode, since outside of it the
/// driver begins the next transaction as soon as it ends one, and an idle writer would hold the
/// lock.
final class Transactions {
  private Transactions() {}

  /// Takes the write lock at once; commits all of it or nothing.
  static <T> T write(Connection connection, SqlWork<T> work) throws SQLException {
    return run(connection, "BEGIN IMMEDIATE", work);
  }

  /// Sees one state of the store throughout.
  static <T> T read(Connection connection, SqlWork<T> work) throws SQLException {
    return run(connection, "BEGIN", work);
  }

  private static <T> T run(Connection connection, String begin, SqlWork<T> work)
      throws SQLException {
    Connections.execute(connection, begin);
    boolean done = false;
    try {
      T result = work.on(connection);
      Connections.execute(connection, "COMMIT");
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack(connection);
      }
    }
  }

  private static void rollBack(Connection connection) throws SQLException {
    try {
      Connections.execute(connection, "ROLLBACK");
    } catch (SQLException e) {
      // SQLite rolls back by itself where it cannot go on, for want of space for instance.
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        throw e;
      }
    }
  }
}
