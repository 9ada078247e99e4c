package io.salvor.sqlite;

import io.salvor.sqlite.StoreRefused.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The store's tables, and how an older store gets them. Only ever goes forward; each step is one
/// transaction.
final class Schema {
  /// "SALV": marks the file as ours.
  static final int APPLICATION_ID = 0x53414c56;

  /// What is added by each version. Released steps are never edited.
  private static final List<String> STEPS =
      List.of(
          """
          CREATE TABLE meta (
            key TEXT PRIMARY KEY,
            value ANY NOT NULL
          ) STRICT, WITHOUT ROWID;

          -- The log. header and body are the record; the other columns only find it.
          -- attempt is 0 in a task's own thread.
          CREATE TABLE records (
            seq INTEGER PRIMARY KEY,
            id BLOB NOT NULL,
            task BLOB NOT NULL,
            attempt INTEGER NOT NULL,
            clock INTEGER NOT NULL,
            kind TEXT NOT NULL,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            header BLOB NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (task, attempt, clock)
          ) STRICT;

          CREATE TABLE documents (
            hash TEXT PRIMARY KEY,
            text TEXT NOT NULL
          ) STRICT;

          -- Calls of the last 24 hours, oldest first: seq is the last record of what they came to.
          CREATE TABLE requests (
            seq INTEGER PRIMARY KEY,
            actor TEXT NOT NULL,
            method TEXT NOT NULL,
            request_id TEXT NOT NULL,
            payload_hash TEXT NOT NULL,
            task BLOB NOT NULL,
            at INTEGER NOT NULL,
            UNIQUE (actor, method, request_id)
          ) STRICT;

          -- A fold of the log: may be dropped and made again.
          CREATE TABLE tasks (
            number INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            title TEXT NOT NULL,
            project TEXT NOT NULL,
            agent TEXT NOT NULL,
            state TEXT NOT NULL,
            closed INTEGER NOT NULL,
            since INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            cost_micro_usd INTEGER,
            tokens INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            snapshot BLOB NOT NULL
          ) STRICT;
          -- A task that goes from one open state to the next changes its row and no index.
          CREATE INDEX tasks_open ON tasks (id) WHERE closed = 0;
          CREATE INDEX tasks_closed ON tasks (state) WHERE closed = 1;
          CREATE INDEX tasks_by_project ON tasks (project);
          CREATE INDEX tasks_by_agent ON tasks (agent);
          """,
          """
          -- A fold of the log: what was used on which day, since 1970-01-01 in UTC.
          CREATE TABLE spending (
            day INTEGER NOT NULL,
            project TEXT NOT NULL,
            micro_usd INTEGER NOT NULL,
            tokens INTEGER NOT NULL,
            PRIMARY KEY (day, project)
          ) STRICT, WITHOUT ROWID;
          """,
          "-- What people forced, found without reading what agents did.\n"
              + "CREATE INDEX interventions ON records (seq) WHERE "
              + Interventions.KINDS
              + ";",
          """
          -- Records of long ago, packed: their rows in the log have an empty header and body.
          CREATE TABLE archive (
            first_seq INTEGER PRIMARY KEY,
            last_seq INTEGER NOT NULL,
            records BLOB NOT NULL
          ) STRICT;
          """);

  /// Those of version 1.
  private static final List<String> FIRST_TABLES =
      List.of("meta", "records", "documents", "requests", "tasks");

  private static final String EMPTY_LOG = "0 ";

  /// The version that this Salvor writes.
  static final int VERSION = STEPS.size();

  private Schema() {}

  /// What a file says it is.
  ///
  /// @param tables how many there are; none in a file that was made and not filled
  private record Marks(int applicationId, int version, int tables) {
    static Marks of(Connection connection) throws SQLException {
      return new Marks(
          number(connection, "PRAGMA application_id"),
          number(connection, "PRAGMA user_version"),
          number(connection, "SELECT count(*) FROM sqlite_schema"));
    }

    private static int number(Connection connection, String sql) throws SQLException {
      return Integer.parseInt(Connections.one(connection, sql));
    }
  }

  /// Refuses a store that is not ours or newer than we are. To be called on a connection that
  /// cannot write.
  static void refuseForeignOrNewer(Connection reader) throws SQLException {
    Marks marks = Marks.of(reader);
    if (marks.applicationId() == 0 && marks.tables() == 0) {
      return;
    }
    if (marks.applicationId() != APPLICATION_ID) {
      throw new StoreRefused(
          Reason.FOREIGN_FILE,
          "the file is a database, but not a store of Salvor",
          "name another home");
    }
    if (marks.version() > VERSION) {
      throw new StoreRefused(
          Reason.NEWER_STORE,
          "the store has version " + marks.version() + ", but this Salvor knows only " + VERSION,
          "use the Salvor that wrote it, or restore the backup made before that upgrade");
    }
  }

  /// Whether nothing was ever written here but the beginning of a store, not even which one it is.
  ///
  /// @throws StoreRefused where it is none of ours, or newer
  static boolean isHalfMade(Connection reader) throws SQLException {
    refuseForeignOrNewer(reader);
    Marks marks = Marks.of(reader);
    if (marks.tables() == 0) {
      return marks.applicationId() == 0 && marks.version() == 0;
    }
    for (String table : FIRST_TABLES) {
      if (!has(reader, table)
          || !Connections.one(reader, "SELECT EXISTS (SELECT 1 FROM " + table + ")").equals("0")) {
        return false;
      }
    }
    return true;
  }

  /// Brings the store up to [#VERSION].
  ///
  /// @return the version that it had; 0 for a new one
  static int migrate(Connection writer) throws SQLException {
    int found = Marks.of(writer).version();
    for (int version = found; version < VERSION; version++) {
      step(writer, version + 1);
    }
    return found;
  }

  private static int step(Connection writer, int version) throws SQLException {
    return Transactions.write(
        writer,
        connection -> {
          String before = version == 1 ? EMPTY_LOG : logOf(connection);
          try (var statement = connection.createStatement()) {
            statement.executeUpdate(STEPS.get(version - 1));
            statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
            statement.executeUpdate("PRAGMA user_version = " + version);
          }
          String after = logOf(connection);
          if (!after.equals(before)) {
            throw new IllegalStateException(
                "the step to version " + version + " changed the log: " + before + ", " + after);
          }
          return version;
        });
  }

  /// Whether there is such a table: those of an older version do not have all.
  static boolean has(Connection connection, String table) throws SQLException {
    try (var statement =
        connection.prepareStatement("SELECT 1 FROM sqlite_schema WHERE name = ?")) {
      statement.setString(1, table);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /// How many records there are, and the id of the last: what no step may change.
  private static String logOf(Connection connection) throws SQLException {
    return Connections.one(
        connection,
        "SELECT count(*) || ' ' || coalesce((SELECT hex(id) FROM records ORDER BY seq DESC LIMIT 1),"
            + " '') FROM records");
  }
}
