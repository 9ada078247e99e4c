package io.salvor.sqlite;

import io.salvor.records.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks for the records of what people forced, newest first, page by page, by an index of their
/// own. Safe for use by many threads.
public final class Interventions {
  /// As in the index `interventions`, word by word: only so it is used.
  static final String KINDS =
      """
      kind IN ('salvor.task.retried.v1', 'salvor.task.skipped.v1', 'salvor.task.reset_intended.v1',
      'salvor.task.reopened.v1', 'salvor.task.cancelled.v1', 'salvor.task.forced.v1',
      'salvor.task.budget_changed.v1', 'salvor.task.edited.v1', 'salvor.task.answered.v1',
      'salvor.task.shell_opened.v1', 'salvor.instance.frozen.v1', 'salvor.instance.unfrozen.v1')\
      """;

  private static final String SELECT =
      "SELECT "
          + RecordReader.COLUMNS
          + " FROM records INDEXED BY interventions WHERE "
          + KINDS
          + " AND seq < ?";

  private static final String ORDER = " ORDER BY seq DESC LIMIT ?";

  private final Readers readers;

  Interventions(Readers readers) {
    this.readers = readers;
  }

  /// Which are wanted.
  ///
  /// @param project absolute path of the root of the project that their task is for
  public record Wanted(Optional<Instant> since, Optional<String> project, Optional<String> actor) {
    /// All.
    public static final Wanted ALL =
        new Wanted(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// The next ones before `beforeSeq`, newest first.
  public List<StoredRecord> page(Wanted wanted, long beforeSeq, int limit) {
    var bound = new ArrayList<Object>();
    bound.add(beforeSeq);
    String sql = sql(wanted, bound);
    bound.add(limit);
    return readers.read(
        "reading interventions",
        connection -> {
          try (var statement = connection.prepareStatement(sql);
              var reader = new RecordReader(connection)) {
            for (int i = 0; i < bound.size(); i++) {
              statement.setObject(i + 1, bound.get(i));
            }
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

  static String sql(Wanted wanted, List<Object> bound) {
    var sql = new StringBuilder(SELECT);
    wanted
        .since()
        .ifPresent(it -> {
          sql.append(" AND at >= ?");
          bound.add(Keys.micros(it));
        });
    wanted
        .project()
        .ifPresent(it -> {
          sql.append(" AND task IN (SELECT id FROM tasks WHERE project = ?)");
          bound.add(it);
        });
    wanted
        .actor()
        .ifPresent(it -> {
          sql.append(" AND actor = ?");
          bound.add(it);
        });
    return sql.append(ORDER).toString();
  }
}
