package io.salvor.sqlite;

import io.salvor.domain.journal.Entry;
import io.salvor.records.CorruptRecord;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// What neither the chain nor the list of tasks proves: that each record is found where its header
/// says, and that each text is the one that its name is the hash of.
final class CopyDetails {
  private CopyDetails() {}

  /// The first thing that is wrong; empty for nothing. Reads everything.
  static Optional<String> problem(Connection connection) throws SQLException {
    Optional<String> misfiled = misfiled(connection);
    return misfiled.isPresent() ? misfiled : changedText(connection);
  }

  private static Optional<String> misfiled(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var reader = new RecordReader(connection);
        var rows =
            statement.executeQuery(
                "SELECT "
                    + RecordReader.COLUMNS
                    + ", task, attempt, clock, kind, at, actor FROM records ORDER BY seq")) {
      while (rows.next()) {
        StoredRecord record = reader.record(rows);
        if (!isFiledAs(RecordCodec.decode(record), rows)) {
          return Optional.of("record " + record.seq() + " is filed as what it is not");
        }
      }
      return Optional.empty();
    } catch (CorruptRecord e) {
      return Optional.of("record " + e.seq() + ": " + e.getMessage());
    }
  }

  private static boolean isFiledAs(Entry entry, ResultSet rows) throws SQLException {
    return Arrays.equals(rows.getBytes("task"), Keys.task(entry.thread()))
        && rows.getLong("attempt") == Keys.attempt(entry.thread())
        && rows.getLong("clock") == entry.clock()
        && rows.getLong("at") == Keys.micros(entry.at())
        && RecordCodec.kindOf(entry).equals(rows.getString("kind"))
        && entry.actor().value().equals(rows.getString("actor"));
  }

  private static Optional<String> changedText(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT hash, text FROM documents")) {
      while (rows.next()) {
        if (!sha256(rows.getString(2)).equals(rows.getString(1))) {
          return Optional.of("the text " + rows.getString(1) + " is not what was written");
        }
      }
      return Optional.empty();
    }
  }

  static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
