package io.salvor.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// A few connections that only read, lent for one question at a time. Safe for use by many threads.
///
/// No transaction outlives a question: a reader that waits must not keep the write-ahead log from
/// being reset.
final class Readers implements AutoCloseable {
  private final Connections connections;
  private final int size;
  private final Semaphore free;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  Readers(Connections connections, int size) {
    this.connections = connections;
    this.size = size;
    this.free = new Semaphore(size);
  }

  /// Asks one question. Several statements in it may see several states of the store.
  <T> T read(String doing, SqlWork<T> work) {
    free.acquireUninterruptibly();
    try {
      return lend(work);
    } catch (SQLException e) {
      throw SqlFailures.of(e, doing);
    } catch (DataAccessException e) {
      throw SqlFailures.of(e, doing);
    } finally {
      free.release();
    }
  }

  /// Asks questions that are to be answered from one and the same state of the store.
  <T> T readTogether(String doing, SqlWork<T> work) {
    return read(doing, connection -> Transactions.read(connection, work));
  }

  private <T> T lend(SqlWork<T> work) throws SQLException {
    @Nullable Connection lent = idle.pollFirst();
    Connection connection = lent == null ? connections.reader() : lent;
    boolean sound = false;
    try {
      T answer = work.on(connection);
      sound = true;
      return answer;
    } finally {
      if (sound) {
        idle.addFirst(connection);
      } else {
        connection.close();
      }
    }
  }

  /// Waits for questions being asked, and takes no more.
  @Override
  public void close() {
    free.acquireUninterruptibly(size);
    for (Connection connection = idle.pollFirst();
        connection != null;
        connection = idle.pollFirst()) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw SqlFailures.of(e, "closing the store");
      }
    }
  }
}
