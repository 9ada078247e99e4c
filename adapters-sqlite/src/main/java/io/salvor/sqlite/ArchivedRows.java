package io.salvor.sqlite;

import com.google.protobuf.ByteString;
import io.salvor.records.StoredRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Moves what records consist of from their rows into the archive, and back. Used inside a
/// transaction.
final class ArchivedRows {
  private ArchivedRows() {}

  /// A stretch of the log, packed.
  record Segment(long firstSeq, long lastSeq, ByteString lump) {
    long records() {
      return lastSeq - firstSeq + 1;
    }
  }

  /// The rows are taken out and put in again: rows that only got smaller would leave their pages
  /// half empty, and the file as large as it was.
  static Segment move(Connection connection, Segment segment) throws SQLException {
    try (var insert = connection.prepareStatement("INSERT INTO archive VALUES (?, ?, ?)")) {
      insert.setLong(1, segment.firstSeq());
      insert.setLong(2, segment.lastSeq());
      insert.setBytes(3, segment.lump().toByteArray());
      insert.executeUpdate();
    }
    Connections.execute(
        connection,
        "CREATE TEMP TABLE IF NOT EXISTS moving AS SELECT seq, id, task, attempt, clock, kind, at,"
            + " actor FROM records LIMIT 0");
    String of = " WHERE seq BETWEEN " + segment.firstSeq() + " AND " + segment.lastSeq();
    expect(
        segment,
        connection,
        "INSERT INTO temp.moving SELECT seq, id, task, attempt, clock, kind, at, actor FROM records"
            + of
            + " AND length(header) > 0 ORDER BY seq");
    expect(segment, connection, "DELETE FROM records" + of);
    expect(
        segment,
        connection,
        "INSERT INTO records (seq, id, task, attempt, clock, kind, at, actor, header, body)"
            + " SELECT seq, id, task, attempt, clock, kind, at, actor, x'', x'' FROM temp.moving"
            + " ORDER BY seq");
    expect(segment, connection, "DELETE FROM temp.moving");
    return segment;
  }

  private static void expect(Segment segment, Connection connection, String sql)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      int rows = statement.executeUpdate(sql);
      if (rows != segment.records()) {
        throw new IllegalStateException(
            "records "
                + segment.firstSeq()
                + " to "
                + segment.lastSeq()
                + " are "
                + rows
                + " rows");
      }
    }
  }

  /// Takes records out of the archive again, so that the log can be cut there: of segments that
  /// reach beyond a record, what lies before the cut goes back into its rows.
  static void unpackFrom(Connection connection, long cutAfter) throws SQLException {
    List<StoredRecord> kept = new ArrayList<>();
    try (var statement =
            connection.prepareStatement(
                "SELECT "
                    + RecordReader.COLUMNS
                    + " FROM records WHERE seq <= ?1 AND seq >= (SELECT min(first_seq) FROM archive"
                    + " WHERE last_seq > ?1) ORDER BY seq");
        var reader = new RecordReader(connection)) {
      statement.setLong(1, cutAfter);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          kept.add(reader.record(rows));
        }
      }
    }
    try (var update =
        connection.prepareStatement("UPDATE records SET header = ?, body = ? WHERE seq = ?")) {
      for (StoredRecord it : kept) {
        update.setBytes(1, it.header().toByteArray());
        update.setBytes(2, it.body().toByteArray());
        update.setLong(3, it.seq());
        update.executeUpdate();
      }
    }
    try (var delete = connection.prepareStatement("DELETE FROM archive WHERE last_seq > ?")) {
      delete.setLong(1, cutAfter);
      delete.executeUpdate();
    }
  }
}
