package io.salvor.sqlite;

import com.google.protobuf.ByteString;
import io.salvor.records.Chain;
import io.salvor.records.CorruptRecord;
import io.salvor.records.StoredRecord;
import java.util.ArrayList;
import java.util.List;

/// Looks whether the store still holds what was written. Safe for use by many threads.
public final class Integrity {
  private static final int PAGE = 500;

  private final Readers readers;
  private final Records records;

  Integrity(Readers readers, Records records) {
    this.readers = readers;
    this.records = records;
  }

  /// What came of following the chain.
  public sealed interface ChainReport {
    /// Every record follows on the one before it, and is as it was written.
    ///
    /// @param records how many were followed
    /// @param lastId id of the last one
    record Intact(long records, ByteString lastId) implements ChainReport {}

    /// From this record on, nothing is proven.
    record Broken(long seq, String why) implements ChainReport {}
  }

  /// Follows the chain from one record to another, both included, page by page.
  ///
  /// @param from 1 for the whole log; what lies before it is taken as it is
  public ChainReport verifyChain(long from, long to) {
    try {
      Chain chain = from <= 1 ? Chain.START : before(from);
      while (chain.lastSeq() < to) {
        int limit = Math.toIntExact(Math.min(PAGE, to - chain.lastSeq()));
        List<StoredRecord> page = records.page(chain.lastSeq(), limit);
        if (page.isEmpty()) {
          return new ChainReport.Broken(chain.lastSeq() + 1, "the log ends before it");
        }
        for (StoredRecord record : page) {
          chain = chain.verify(record);
        }
      }
      return new ChainReport.Intact(chain.lastSeq() - from + 1, chain.lastId());
    } catch (CorruptRecord e) {
      return new ChainReport.Broken(e.seq(), String.valueOf(e.getMessage()));
    }
  }

  private Chain before(long seq) {
    List<StoredRecord> page = records.page(seq - 2, 1);
    return page.isEmpty()
        ? new Chain(seq - 1, ByteString.EMPTY)
        : new Chain(page.getFirst().seq(), page.getFirst().id());
  }

  /// What SQLite itself finds wrong with the file; empty where nothing is. Reads all of it.
  public List<String> fileProblems() {
    return readers.read(
        "checking the file",
        connection -> {
          try (var statement = connection.createStatement();
              var rows = statement.executeQuery("PRAGMA integrity_check")) {
            var problems = new ArrayList<String>();
            while (rows.next()) {
              problems.add(rows.getString(1));
            }
            problems.remove("ok");
            return problems;
          }
        });
  }
}
