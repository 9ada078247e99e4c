package io.salvor.sqlite;

import com.google.protobuf.ByteString;
import io.salvor.records.ArchivedSegment;
import io.salvor.records.ArchivedSegment.Content;
import io.salvor.records.CorruptRecord;
import io.salvor.records.StoredRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes records out of the rows of a question, those that were archived out of the archive. While
/// the rows are still being read, both show the same state of the store. Used by one thread.
final class RecordReader implements AutoCloseable {
  /// What a question has to ask for, before anything else.
  static final String COLUMNS = "seq, id, header, body";

  static final String SEGMENT =
      "SELECT first_seq, last_seq, records FROM archive WHERE first_seq <= ?"
          + " ORDER BY first_seq DESC LIMIT 1";

  private final Connection connection;
  private final RecentSegments recent;
  private @Nullable PreparedStatement find;

  RecordReader(Connection connection) {
    this(connection, new RecentSegments());
  }

  /// @param recent of the same store
  RecordReader(Connection connection, RecentSegments recent) {
    this.connection = connection;
    this.recent = recent;
  }

  /// The record of a row.
  ///
  /// @throws CorruptRecord where it was archived, and the segment is not whole
  StoredRecord record(ResultSet rows) throws SQLException {
    long seq = rows.getLong(1);
    byte[] header = rows.getBytes(3);
    byte[] body = rows.getBytes(4);
    if (!isArchived(header)) {
      return record(rows, new Content(ByteString.copyFrom(header), ByteString.copyFrom(body)));
    }
    if (body.length > 0) {
      throw new CorruptRecord(seq, "it was archived, but its row has a body");
    }
    return record(rows, segment(seq).get(seq));
  }

  /// The record of a row, also out of a segment that is damaged after it: for who follows the
  /// chain.
  ///
  /// @throws CorruptRecord where it cannot be read
  StoredRecord survivor(ResultSet rows) throws SQLException {
    long seq = rows.getLong(1);
    return isArchived(rows.getBytes(3)) ? record(rows, segment(seq).surviving(seq)) : record(rows);
  }

  /// No record was ever written without a header.
  private static boolean isArchived(byte[] header) {
    return header.length == 0;
  }

  private static StoredRecord record(ResultSet rows, Content content) throws SQLException {
    return new StoredRecord(
        rows.getLong(1), ByteString.copyFrom(rows.getBytes(2)), content.header(), content.body());
  }

  private ArchivedSegment segment(long seq) throws SQLException {
    Optional<ArchivedSegment> known = recent.with(seq);
    if (known.isPresent()) {
      return known.get();
    }
    PreparedStatement statement = find == null ? connection.prepareStatement(SEGMENT) : find;
    find = statement;
    statement.setLong(1, seq);
    try (var rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new CorruptRecord(seq, ArchivedSegment.NONE_HAS_IT);
      }
      var segment =
          ArchivedSegment.read(
              rows.getLong(1), rows.getLong(2), ByteString.copyFrom(rows.getBytes(3)));
      recent.keep(segment);
      return segment;
    }
  }

  @Override
  public void close() throws SQLException {
    if (find != null) {
      find.close();
    }
  }
}
