package io.salvor.sqlite;

import com.google.protobuf.ByteString;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.journal.LogUnavailable.Kind;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import io.salvor.records.Chain;
import io.salvor.records.CorruptRecord;
import io.salvor.records.StoreIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The log on SQLite. [#appendDurably] is for one thread, everything else for many.
public final class SqliteRecordLog implements RecordLog {
  static final String OPEN_TASKS = "SELECT id FROM tasks WHERE closed = 0 ORDER BY id";
  static final String LAST_NUMBER = "SELECT max(number) FROM tasks";
  static final String LAST_RECORD =
      "SELECT seq, id FROM records WHERE seq = (SELECT max(seq) FROM records)";
  static final String REQUEST =
      "SELECT payload_hash, task, seq FROM requests WHERE actor = ? AND method = ? AND request_id = ?"
          + " AND at > (SELECT at FROM records WHERE seq = (SELECT max(seq) FROM records)) - "
          + RequestRows.KEPT_MICROS;

  private final StoreIdentity identity;
  private final Writer writer;
  private final Readers readers;
  private final AppendStatements statements;
  private final Ballast ballast;
  private Chain chain;

  SqliteRecordLog(StoreIdentity identity, Writer writer, Readers readers, Ballast ballast)
      throws SQLException {
    this.identity = identity;
    this.writer = writer;
    this.readers = readers;
    this.ballast = ballast;
    this.statements =
        new AppendStatements(writer.connection(), RequestRows.appended(writer.connection()));
    this.chain = end(writer.connection());
  }

  /// One transaction for all of them, and one for each way in which the store refuses: nothing of
  /// it is left.
  ///
  /// Where the disk is full, the ballast is given back before this throws: what has to be written
  /// to stop and settle fits now. The caller starts nothing new until [Ballast#keep] holds it
  /// again.
  @Override
  public void appendDurably(List<Decision> decisions) {
    if (decisions.isEmpty()) {
      return;
    }
    Chain.Linked linked = chain.link(identity, decisions);
    var entries = new ArrayList<Entry>();
    decisions.forEach(it -> entries.addAll(it.entries()));
    try {
      writer.write(
          "appending to the log",
          _ -> {
            statements.records(entries, linked.records());
            statements.documents(decisions);
            statements.requests(decisions);
            statements.tasks(decisions);
            statements.spending(decisions);
            return decisions;
          });
    } catch (LogUnavailable e) {
      // A quota that is used up looks like a disk that fails.
      if (e.kind() == Kind.DISK_FULL || e.kind() == Kind.IO_ERROR) {
        ballast.release();
      }
      throw e;
    }
    chain = linked.after();
  }

  @Override
  public Restored restore() {
    return readers.readTogether(
        "loading the open tasks",
        connection -> {
          var open = new ArrayList<OpenThread>();
          for (TaskId task : openTasks(connection)) {
            open.add(thread(connection, task).orElseThrow(() -> rowWithoutRecords(task)));
          }
          return new Restored(
              identity.lineage().toString(),
              end(connection).lastSeq(),
              lastNumber(connection),
              instance(connection),
              open,
              SpendingRows.read(connection));
        });
  }

  @Override
  public Optional<OpenThread> load(TaskId task) {
    return readers.read("loading task " + task, connection -> thread(connection, task));
  }

  @Override
  public Optional<Seen> find(Request request) {
    return readers.read(
        "looking for a request",
        connection -> {
          try (var statement = connection.prepareStatement(REQUEST)) {
            statement.setString(1, request.actor().value());
            statement.setString(2, request.method());
            statement.setString(3, request.id());
            try (var rows = statement.executeQuery()) {
              return rows.next()
                  ? Optional.of(
                      new Seen(rows.getString(1), Keys.owner(rows.getBytes(2)), rows.getLong(3)))
                  : Optional.empty();
            }
          }
        });
  }

  /// No more appends.
  void close() {
    try {
      statements.close();
    } catch (SQLException e) {
      throw SqlFailures.of(e, "closing the log");
    }
  }

  private static Optional<OpenThread> thread(Connection connection, TaskId task)
      throws SQLException {
    try {
      return RecordRows.thread(connection, task);
    } catch (CorruptRecord e) {
      throw corrupt("task " + task + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static InstanceThread instance(Connection connection) throws SQLException {
    try {
      return RecordRows.instance(connection);
    } catch (CorruptRecord e) {
      throw corrupt("the instance's thread cannot be read: " + e.getMessage(), e);
    }
  }

  private static LogUnavailable rowWithoutRecords(TaskId task) {
    var cause = new IllegalStateException("a row without records");
    return corrupt("task " + task + " is listed, but has no records", cause);
  }

  static LogUnavailable corrupt(String message, Throwable cause) {
    return new LogUnavailable(Kind.CORRUPT, message, "salvor store repair", cause);
  }

  private static List<TaskId> openTasks(Connection connection) throws SQLException {
    var ids = new ArrayList<TaskId>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(OPEN_TASKS)) {
      while (rows.next()) {
        ids.add(Keys.task(rows.getBytes(1)));
      }
    }
    return ids;
  }

  private static long lastNumber(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(LAST_NUMBER)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  static long lastSeq(Connection connection) throws SQLException {
    return end(connection).lastSeq();
  }

  static Chain end(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(LAST_RECORD)) {
      return rows.next()
          ? new Chain(rows.getLong(1), ByteString.copyFrom(rows.getBytes(2)))
          : Chain.START;
    }
  }
}
