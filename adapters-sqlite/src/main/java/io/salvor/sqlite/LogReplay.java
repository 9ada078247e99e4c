package io.salvor.sqlite;

import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.records.Chain;
import io.salvor.records.LogStretch;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Writes records that were kept elsewhere behind those that a store has: the same bytes, and each
/// verified to follow on the one before it. Projections are left to whoever calls. Used inside a
/// transaction.
final class LogReplay {
  private final Connection connection;

  LogReplay(Connection connection) {
    this.connection = connection;
  }

  /// Adds what is new of these.
  ///
  /// @return whether anything was
  /// @throws io.salvor.records.CorruptRecord where it does not go on from what is there
  boolean add(Iterable<LogStretch> stretches) throws SQLException {
    Chain end = SqliteRecordLog.end(connection);
    long before = end.lastSeq();
    try (var statements = new AppendStatements(connection, RequestRows.replayed(connection))) {
      for (LogStretch it : stretches) {
        end = add(it, end, statements);
      }
    }
    return end.lastSeq() > before;
  }

  private static Chain add(LogStretch stretch, Chain from, AppendStatements statements)
      throws SQLException {
    var stored = new ArrayList<StoredRecord>();
    Chain end = from;
    for (StoredRecord record : stretch.records()) {
      if (record.seq() > from.lastSeq()) {
        end = end.verify(record);
        stored.add(record);
      }
    }
    if (!stored.isEmpty()) {
      List<Decision> decisions = decisions(stored, stretch.documents());
      statements.records(decisions.stream().flatMap(it -> it.entries().stream()).toList(), stored);
      statements.documents(decisions);
      statements.requests(decisions);
    }
    return end;
  }

  /// All texts go with the first.
  private static List<Decision> decisions(
      List<StoredRecord> stored, List<Decision.Document> documents) {
    var decisions = new ArrayList<Decision>();
    var entries = new ArrayList<Entry>();
    for (StoredRecord record : stored) {
      Entry entry = RecordCodec.decode(record);
      entries.add(entry);
      if (entry.lastOfDecision()) {
        decisions.add(
            new Decision(entries, decisions.isEmpty() ? documents : List.of(), List.of()));
        entries.clear();
      }
    }
    return decisions;
  }
}
