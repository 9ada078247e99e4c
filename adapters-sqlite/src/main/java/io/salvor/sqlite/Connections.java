package io.salvor.sqlite;

import io.salvor.domain.journal.LogUnavailable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

/// Opens connections to a store, and nothing but them opens it.
final class Connections {
  /// From 3.7.0 to 3.51.2, resetting the write-ahead log could corrupt a database.
  private static final int[] OLDEST_SAFE = {3, 51, 3};

  /// Pages in the write-ahead log after which it is moved into the database: 16 MiB.
  private static final int CHECKPOINT_PAGES = 4_096;

  private final Path database;
  private final Duration busyTimeout;

  Connections(Path database, Duration busyTimeout) {
    this.database = database;
    this.busyTimeout = busyTimeout;
  }

  /// Keeps SQLite's native library in `directory`, and removes what servers that were killed left
  /// there.
  static void unpackInto(Path directory) {
    try {
      PrivateDirectory.make(directory);
      try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, "sqlite-*")) {
        for (Path leftover : leftovers) {
          Files.deleteIfExists(leftover);
        }
      }
      NativeLibrary.keepIn(directory);
    } catch (IOException e) {
      throw new LogUnavailable(
          LogUnavailable.Kind.IO_ERROR,
          "cannot prepare " + directory + ": " + e.getMessage(),
          "make it a directory that the server may write to, on a disk that has room",
          e);
    }
    System.setProperty("org.sqlite.tmpdir", directory.toString());
  }

  /// The one connection that writes. What it commits is on the disk when the commit returns.
  Connection writer() throws SQLException {
    SQLiteConfig config = config();
    config.setSynchronous(SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    Connection connection = open(config);
    try {
      FreePages.allow(connection); // before anything is written to a new file
      execute(connection, "PRAGMA journal_mode = " + JournalMode.WAL);
      execute(connection, "PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      execute(connection, "PRAGMA journal_size_limit = " + CHECKPOINT_PAGES * 4_096L);
      expect(connection, "journal_mode", "wal");
      expect(connection, "synchronous", "2");
      expect(connection, "foreign_keys", "1");
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// A connection that cannot write.
  Connection reader() throws SQLException {
    takeBack();
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return open(config);
  }

  /// Until the write-ahead log is set, a store has another journal, for a moment. What a program
  /// left half-written that was killed just then is taken back: nobody who cannot write could read
  /// the file.
  private void takeBack() throws SQLException {
    Path journal = database.resolveSibling(database.getFileName() + "-journal");
    if (Files.exists(journal) && Files.exists(database)) {
      try (Connection connection = open(config())) {
        one(connection, "PRAGMA schema_version");
      }
    }
  }

  private SQLiteConfig config() {
    var config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
    config.setTempStore(TempStore.MEMORY);
    return config;
  }

  private Connection open(SQLiteConfig config) throws SQLException {
    Connection connection = config.createConnection("jdbc:sqlite:" + database);
    try {
      refuseOldSqlite(one(connection, "SELECT sqlite_version()"));
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  static void refuseOldSqlite(String version) {
    int[] parts = Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    if (Arrays.compare(parts, OLDEST_SAFE) < 0) {
      throw new StoreRefused(
          StoreRefused.Reason.SQLITE_TOO_OLD,
          "SQLite " + version + " may corrupt a store; 3.51.3 is the oldest that does not",
          "run Salvor with the SQLite that it brings along");
    }
  }

  private static void expect(Connection connection, String pragma, String value)
      throws SQLException {
    String actual = one(connection, "PRAGMA " + pragma);
    if (!actual.equals(value)) {
      throw new StoreRefused(
          StoreRefused.Reason.UNSAFE_FILE_SYSTEM,
          "SQLite has " + pragma + " = " + actual + " where " + value + " was asked for",
          "keep the home on a local disk");
    }
  }

  /// The one value that a query gives.
  static String one(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new SQLException("nothing came of " + sql);
      }
      return rows.getString(1);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
