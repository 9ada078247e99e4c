package io.salvor.sqlite;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.ThreadId;
import io.salvor.records.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks for records, page by page. A page is one question: nothing stays open between two. Safe for
/// use by many threads.
public final class Records {
  static final String ALL =
      "SELECT " + RecordReader.COLUMNS + " FROM records WHERE seq > ? ORDER BY seq LIMIT ?";
  static final String OF_TASK =
      "SELECT "
          + RecordReader.COLUMNS
          + " FROM records WHERE seq IN (SELECT seq FROM records WHERE task = ? AND seq > ?)"
          + " ORDER BY seq LIMIT ?";

  /// In one thread clocks and seqs rise together: the clock of the last record seen is where the
  /// index goes on.
  static final String OF_THREAD =
      "SELECT "
          + RecordReader.COLUMNS
          + " FROM records WHERE task = ?1 AND attempt = ?2 AND clock > coalesce("
          + "(SELECT clock FROM records WHERE seq = ?3 AND task = ?1 AND attempt = ?2),"
          + "(SELECT max(clock) FROM records WHERE task = ?1 AND attempt = ?2 AND seq <= ?3), 0)"
          + " ORDER BY clock LIMIT ?4";

  /// Of the tasks' own threads and of the instance's.
  static final String TOLD =
      "SELECT "
          + RecordReader.COLUMNS
          + " FROM records WHERE seq > ? AND seq <= ? AND attempt = 0 ORDER BY seq LIMIT ?";

  private final Readers readers;

  Records(Readers readers) {
    this.readers = readers;
  }

  /// The next records of the whole log, oldest first.
  public List<StoredRecord> page(long afterSeq, int limit) {
    return ask(
        ALL,
        statement -> {
          statement.setLong(1, afterSeq);
          statement.setInt(2, limit);
        });
  }

  /// The next records of a task, its own and those of its attempts, oldest first.
  public List<StoredRecord> page(TaskId task, long afterSeq, int limit) {
    return ask(
        OF_TASK,
        statement -> {
          statement.setBytes(1, Keys.bytes(task));
          statement.setLong(2, afterSeq);
          statement.setInt(3, limit);
        });
  }

  /// The next records of one thread, oldest first.
  public List<StoredRecord> page(ThreadId thread, long afterSeq, int limit) {
    return ask(
        OF_THREAD,
        statement -> {
          statement.setBytes(1, Keys.task(thread));
          statement.setInt(2, Keys.attempt(thread));
          statement.setLong(3, afterSeq);
          statement.setInt(4, limit);
        });
  }

  /// The next records of the whole log but those of what agents said, oldest first.
  ///
  /// @param upTo the last seq that is looked at
  public List<StoredRecord> pageWithoutOutput(long afterSeq, long upTo, int limit) {
    return ask(
        TOLD,
        statement -> {
          statement.setLong(1, afterSeq);
          statement.setLong(2, upTo);
          statement.setInt(3, limit);
        });
  }

  /// Seq of the last record before a moment; 0 for none. Where the clock was set back, records of
  /// before it may come after that one.
  public long lastBefore(Instant moment) {
    long micros = Keys.micros(moment);
    return readers.readTogether(
        "looking for the records since a moment",
        connection -> {
          long before = 0;
          try (var statement = connection.prepareStatement("SELECT at FROM records WHERE seq = ?");
              var last = connection.createStatement();
              var rows = last.executeQuery("SELECT max(seq) FROM records")) {
            long from = rows.next() ? rows.getLong(1) + 1 : 1;
            while (from - before > 1) {
              long middle = before + (from - before) / 2;
              statement.setLong(1, middle);
              try (var row = statement.executeQuery()) {
                if (row.next() && row.getLong(1) >= micros) {
                  from = middle;
                } else {
                  before = middle;
                }
              }
            }
          }
          return before;
        });
  }

  /// Seq of the last record; 0 for none.
  public long lastSeq() {
    return readers.read(
        "asking for the last record",
        connection -> {
          try (var statement = connection.createStatement();
              var rows = statement.executeQuery("SELECT max(seq) FROM records")) {
            return rows.next() ? rows.getLong(1) : 0L;
          }
        });
  }

  /// When the last record was written, by the clock of then; empty where there is none.
  public Optional<Instant> lastAt() {
    return readers.read("asking for the last record", Records::lastAt);
  }

  static Optional<Instant> lastAt(Connection connection) throws SQLException {
    return at(connection, "max(seq)");
  }

  static Optional<Instant> firstAt(Connection connection) throws SQLException {
    return at(connection, "min(seq)");
  }

  private static Optional<Instant> at(Connection connection, String seq) throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT at FROM records WHERE seq = (SELECT " + seq + " FROM records)")) {
      return rows.next() ? Optional.of(Keys.time(rows.getLong(1))) : Optional.empty();
    }
  }

  private List<StoredRecord> ask(String sql, Binding binding) {
    return readers.read(
        "reading records",
        connection -> {
          try (var statement = connection.prepareStatement(sql);
              var reader = new RecordReader(connection)) {
            binding.to(statement);
            var page = new ArrayList<StoredRecord>();
            try (var rows = statement.executeQuery()) {
              while (rows.next()) {
                page.add(reader.record(rows));
              }
            }
            return page;
          }
        });
  }

  private interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }
}
