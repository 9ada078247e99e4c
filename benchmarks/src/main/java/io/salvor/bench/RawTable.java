package io.salvor.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// A table of bytes in a SQLite file of its own, as durable as Salvor's store. For one thread.
final class RawTable implements AutoCloseable {
  private static final int CHECKPOINT_PAGES = 4_096;

  private final Connection connection;
  private final PreparedStatement insert;

  RawTable(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    connection = config.createConnection("jdbc:sqlite:" + file);
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      statement.execute("CREATE TABLE rows (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)");
    }
    connection.setAutoCommit(false);
    insert = connection.prepareStatement("INSERT INTO rows (body) VALUES (?)");
  }

  /// Inserts them in one transaction, on the disk when this returns.
  void append(List<byte[]> rows) throws SQLException {
    for (byte[] row : rows) {
      insert.setBytes(1, row);
      insert.addBatch();
    }
    insert.executeBatch();
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    connection.close();
  }
}
