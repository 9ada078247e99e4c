package io.salvor.sqlite;

import com.google.protobuf.ByteString;
import io.salvor.records.ArchivedSegment;
import io.salvor.records.ArchivedSegment.Content;
import io.salvor.records.Chain;
import io.salvor.records.CorruptRecord;
import io.salvor.records.StoredRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Packs the oldest records of a store, one segment in one transaction, so that an append waits for
/// one segment at most. Whoever reads them does not notice. One thread packs; others read and
/// append meanwhile.
///
/// The archived records are always the first of the log. Of each, the row stays, since questions
/// find records by it; only what the record consists of moves.
public final class Archive {
  static final String END = "SELECT last_seq FROM archive ORDER BY first_seq DESC LIMIT 1";
  private static final String ID = "SELECT id FROM records WHERE seq = ?";
  static final String NEXT =
      "SELECT " + RecordReader.COLUMNS + ", at FROM records WHERE seq > ? ORDER BY seq";

  private final Writer writer;
  private final Readers readers;
  private final Portion portion;

  Archive(Writer writer, Readers readers, Portion portion) {
    this.writer = writer;
    this.readers = readers;
    this.portion = portion;
  }

  /// When a segment is full. It ends with a decision, so that it may be a little more.
  ///
  /// @param bytes of headers and bodies, before they are packed
  public record Portion(int records, long bytes) {
    /// 128 records or 256 KiB: more would hardly take less space, and take longer to look into.
    public static final Portion DEFAULT = new Portion(128, 256L << 10);
  }

  /// How much is archived.
  ///
  /// @param bytes that it takes, packed
  public record Extent(long records, long bytes) {
    /// Nothing.
    public static final Extent NONE = new Extent(0, 0);
  }

  /// Packs the next segment, where there are enough records of before that moment to fill one.
  /// Nothing is packed that does not follow on the record before it.
  ///
  /// @return whether one was packed, so that there may be another
  /// @throws CorruptRecord where a record is not as it was written
  public boolean pack(Instant before) {
    Optional<ArchivedRows.Segment> next =
        readers.readTogether("looking for old records", connection -> next(connection, before));
    next.ifPresent(it ->
        writer.write("archiving old records", connection -> ArchivedRows.move(connection, it)));
    return next.isPresent();
  }

  private Optional<ArchivedRows.Segment> next(Connection connection, Instant before)
      throws SQLException {
    Chain archived = end(connection);
    var whole = new ArrayList<StoredRecord>();
    if (!isFull(archived, Keys.micros(before), connection, whole)) {
      return Optional.empty();
    }
    ByteString lump = ArchivedSegment.pack(archived, whole);
    long first = whole.getFirst().seq();
    long last = whole.getLast().seq();
    var again = ArchivedSegment.read(first, last, lump);
    for (StoredRecord it : whole) {
      if (!again.get(it.seq()).equals(Content.of(it))) {
        throw new IllegalStateException("record " + it.seq() + " would not come out as it went in");
      }
    }
    return Optional.of(new ArchivedRows.Segment(first, last, lump));
  }

  private static Chain end(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(END);
        var rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Chain.START;
      }
      long last = rows.getLong(1);
      return new Chain(last, idOf(connection, last));
    }
  }

  private static ByteString idOf(Connection connection, long seq) throws SQLException {
    try (var statement = connection.prepareStatement(ID)) {
      statement.setLong(1, seq);
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new CorruptRecord(seq, "it is the last of the archive, and has no row");
        }
        return ByteString.copyFrom(rows.getBytes(1));
      }
    }
  }

  /// @param whole gets the records, whole decisions of them
  private boolean isFull(
      Chain after, long beforeMicros, Connection connection, List<StoredRecord> whole)
      throws SQLException {
    var decision = new ArrayList<StoredRecord>();
    Chain chain = after;
    long bytes = 0;
    try (var statement = connection.prepareStatement(NEXT);
        var reader = new RecordReader(connection)) {
      statement.setLong(1, after.lastSeq());
      try (var rows = statement.executeQuery()) {
        while (rows.next() && rows.getLong("at") < beforeMicros) {
          StoredRecord record = reader.record(rows);
          chain = chain.verify(record);
          decision.add(record);
          bytes += record.header().size() + record.body().size();
          if (record.endsDecision()) {
            whole.addAll(decision);
            decision.clear();
            if (whole.size() >= portion.records() || bytes >= portion.bytes()) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  static Extent extent(Connection connection) throws SQLException {
    if (!Schema.has(connection, "archive")) {
      return Extent.NONE;
    }
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT coalesce(sum(last_seq - first_seq + 1), 0),"
                    + " coalesce(sum(length(records)), 0) FROM archive")) {
      return rows.next() ? new Extent(rows.getLong(1), rows.getLong(2)) : Extent.NONE;
    }
  }
}
