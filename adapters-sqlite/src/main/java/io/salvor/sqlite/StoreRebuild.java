package io.salvor.sqlite;

import io.salvor.domain.id.TaskId;
import io.salvor.records.CorruptRecord;
import io.salvor.records.StateHash;
import io.salvor.records.TaskRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares the projection with the log, and makes it anew. Safe for use by many threads.
public final class StoreRebuild {
  private final Writer writer;
  private final Readers readers;

  StoreRebuild(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /// Compares, and changes nothing. Each task is compared as of one moment, also while the log is
  /// written.
  public RebuildReport check() {
    return check(readers);
  }

  static RebuildReport check(Readers readers) {
    var comparison = new Comparison();
    long before = lastSeq(readers);
    while (comparison.take(next(readers, comparison))) {}
    SpendingRows.Tally listed =
        readers.readTogether(
            "checking what was used",
            it -> SpendingRows.exist(it) ? SpendingRows.tally(it) : comparison.spent);
    return comparison.report(before == lastSeq(readers) ? listed : comparison.spent);
  }

  /// What was used is summed over all tasks: it can only be compared while nobody writes.
  private static long lastSeq(Readers readers) {
    return readers.read("looking for the end of the log", SqliteRecordLog::lastSeq);
  }

  /// Throws the projection away and folds the log into it, in one transaction: it is there
  /// throughout, old or new.
  ///
  /// @return how the old one compared with the log
  public RebuildReport rebuild() {
    return writer.write("rebuilding the projection", StoreRebuild::rebuild);
  }

  static RebuildReport rebuild(Connection connection) throws SQLException {
    var comparison = new Comparison();
    try (var upsert = connection.prepareStatement(TaskRows.UPSERT);
        var delete = connection.prepareStatement("DELETE FROM tasks WHERE id = ?")) {
      for (var pair = after(connection, comparison);
          comparison.take(pair);
          pair = after(connection, comparison)) {
        FoldedTasks.Pair it = pair.orElseThrow();
        delete.setBytes(1, Keys.bytes(it.id()));
        delete.executeUpdate();
        if (it.folded().isPresent()) {
          TaskRows.bindUpsert(upsert, it.folded().get());
          upsert.executeUpdate();
        }
      }
    }
    SpendingRows.Tally listed = SpendingRows.tally(connection);
    SpendingRows.replace(connection, comparison.spent);
    return comparison.report(listed);
  }

  private static Optional<FoldedTasks.Pair> next(Readers readers, Comparison so) {
    return readers.readTogether("checking the projection", connection -> after(connection, so));
  }

  private static Optional<FoldedTasks.Pair> after(Connection connection, Comparison so)
      throws SQLException {
    try {
      return FoldedTasks.after(connection, so.last, so.recent);
    } catch (CorruptRecord e) {
      throw SqliteRecordLog.corrupt("the log cannot be folded: " + e.getMessage(), e);
    }
  }

  /// Collects what [RebuildReport] says.
  private static final class Comparison {
    private final StateHash folded = new StateHash();
    private final StateHash listed = new StateHash();
    private final List<TaskId> different = new ArrayList<>();
    private final SpendingRows.Tally spent = new SpendingRows.Tally();
    private final RecentSegments recent = new RecentSegments();
    private @Nullable TaskId last;
    private long tasks;

    /// Takes a task in; false where there is none.
    boolean take(Optional<FoldedTasks.Pair> pair) {
      if (pair.isEmpty()) {
        return false;
      }
      FoldedTasks.Pair it = pair.get();
      last = it.id();
      tasks++;
      add(folded, it.folded());
      add(listed, it.listed());
      it.spent().forEach(spent::add);
      if (!it.same() && different.size() < RebuildReport.MAX_NAMED) {
        different.add(it.id());
      }
      return true;
    }

    private static void add(StateHash hash, Optional<TaskRow> row) {
      row.ifPresent(hash::add);
    }

    /// @param listedSpending what the table says of use
    RebuildReport report(SpendingRows.Tally listedSpending) {
      return new RebuildReport(
          tasks, folded.hex(), listed.hex(), different, spent.sameAs(listedSpending));
    }
  }
}
