package io.salvor.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/// The one connection that writes. Safe for use by many threads, one after the other.
final class Writer implements AutoCloseable {
  private final Connection connection;
  private final ReentrantLock turn = new ReentrantLock();

  Writer(Connection connection) {
    this.connection = connection;
  }

  /// Does all of it or nothing; when it returns, it is on the disk.
  <T> T write(String doing, SqlWork<T> work) {
    turn.lock();
    try {
      return Transactions.write(connection, work);
    } catch (SQLException e) {
      throw SqlFailures.of(e, doing);
    } finally {
      turn.unlock();
    }
  }

  /// The connection, to prepare statements on.
  Connection connection() {
    return connection;
  }

  /// Moves the write-ahead log into the database, so that the database alone is the whole store,
  /// and closes.
  @Override
  public void close() {
    turn.lock();
    try {
      Connections.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
      connection.close();
    } catch (SQLException e) {
      throw SqlFailures.of(e, "closing the store");
    } finally {
      turn.unlock();
    }
  }
}
