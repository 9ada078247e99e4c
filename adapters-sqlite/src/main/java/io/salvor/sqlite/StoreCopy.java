package io.salvor.sqlite;

import com.google.protobuf.ByteString;
import io.salvor.domain.backup.Head;
import io.salvor.domain.backup.RestorePlan.Cut;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.task.TaskState;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoreIdentity;
import io.salvor.records.StoredRecord;
import io.salvor.records.TaskRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// A store's file that is looked at and never changed: a copy, or the store of a home whose lock is
/// held. Safe for use by many threads.
///
/// Methods throw [LogUnavailable] where the file cannot be read.
public final class StoreCopy implements AutoCloseable {
  private static final int PROBLEMS = 5;

  private final Readers readers;

  StoreCopy(Readers readers) {
    this.readers = readers;
  }

  /// Opens it; nothing is read yet.
  public static StoreCopy open(Path database) {
    return new StoreCopy(new Readers(new Connections(database, Duration.ofSeconds(5)), 1));
  }

  /// Opens a home's own store. SQLite unpacks itself where a server on that home would, and not
  /// where nobody clears up after one that was killed.
  public static StoreCopy open(StoreFiles files) {
    Connections.unpackInto(files.temporary());
    return open(files.database());
  }

  /// What is in it.
  ///
  /// @param schema version of its tables
  /// @param head where its log ends
  /// @param archived how much of its log is packed
  public record Contents(
      int schema, Head head, long tasks, long documents, Archive.Extent archived) {}

  /// What a full look found.
  ///
  /// @param problems for people; none where it is as it was written
  /// @param stateHash over the tasks as folded from its records; empty where that was not reached
  public record Report(Contents contents, String stateHash, List<String> problems) {
    public Report {
      problems = List.copyOf(problems);
    }

    private static Report unreadable(RuntimeException e) {
      var nothing = new Contents(0, new Head("", 1, 0, ""), 0, 0, Archive.Extent.NONE);
      return new Report(nothing, "", List.of("it cannot be read: " + e.getMessage()));
    }

    /// What a failure says that has come again at once: what the disk does not give at two looks in
    /// a row is lost. Empty where it says nothing of what was written.
    public static Optional<Report> ofStaying(LogUnavailable e) {
      return SqlFailures.isOfTheDisk(e) ? Optional.of(unreadable(e)) : Optional.empty();
    }

    /// Whether all that is wrong is in the tables that are folds of the log.
    public boolean onlyTables() {
      return !problems.isEmpty() && !stateHash.isEmpty();
    }
  }

  /// Where its log ends.
  public Head head() {
    return readers.readTogether("reading the end of the log", StoreCopy::head);
  }

  private static Head head(Connection connection) throws SQLException {
    StoreIdentity identity =
        new Meta(connection)
            .known()
            .orElseThrow(() -> damaged("the file does not say which store it is"));
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(SqliteRecordLog.LAST_RECORD)) {
      boolean any = rows.next();
      return new Head(
          identity.lineage().toString(),
          identity.epoch(),
          any ? rows.getLong(1) : 0,
          any ? HexFormat.of().formatHex(rows.getBytes(2)) : "");
    }
  }

  /// Whether its tables are of an older version than this program writes.
  ///
  /// @throws StoreRefused where it is none of ours, or newer
  public boolean isOlder() {
    return readers.read(
        "asking for the version of the store",
        connection -> {
          Schema.refuseForeignOrNewer(connection);
          return number(connection, "PRAGMA user_version") < Schema.VERSION;
        });
  }

  /// Whether it is what is left where the making of a new store was cut short: whoever opens it
  /// makes it. Not so where it cannot be read.
  public boolean isHalfMade() {
    try {
      return readers.readTogether("asking whether there is a store yet", Schema::isHalfMade);
    } catch (LogUnavailable | StoreRefused | IllegalStateException e) {
      return false;
    }
  }

  /// Copies it, as it is at one moment, into a file that is not there yet.
  public void copyTo(Path target) {
    SqliteStore.copy(readers, target);
  }

  /// Reads all of it: the file's own structure, the chain of records, where each is filed, the
  /// texts, and each task folded anew and compared with its row.
  ///
  /// @throws LogUnavailable where it could not be looked at, which may pass and is no damage
  public Report examine() {
    try {
      Contents contents = contents();
      List<String> problems = new ArrayList<>(fileProblems());
      if (problems.isEmpty()) {
        chainProblem(contents.head()).ifPresent(problems::add);
      }
      if (problems.isEmpty()) {
        readers.read("checking records", CopyDetails::problem).ifPresent(problems::add);
      }
      return problems.isEmpty() ? folded(contents) : new Report(contents, "", problems);
    } catch (RuntimeException e) {
      Optional<LogUnavailable> passing = SqlFailures.passing(e);
      if (passing.isPresent()) {
        throw passing.get();
      }
      // Damage shows itself in many ways; what cannot be read to the end is not verified.
      return Report.unreadable(e);
    }
  }

  private Contents contents() {
    return readers.readTogether(
        "reading a copy of the store",
        connection -> {
          Schema.refuseForeignOrNewer(connection);
          return new Contents(
              (int) number(connection, "PRAGMA user_version"),
              head(connection),
              number(connection, "SELECT count(*) FROM tasks"),
              number(connection, "SELECT count(*) FROM documents"),
              Archive.extent(connection));
        });
  }

  private List<String> fileProblems() {
    List<String> problems =
        new ArrayList<>(new Integrity(readers, new Records(readers)).fileProblems());
    readers.read(
        "checking references",
        connection -> {
          try (var statement = connection.createStatement();
              var rows = statement.executeQuery("PRAGMA foreign_key_check")) {
            while (rows.next()) {
              problems.add("a row of " + rows.getString(1) + " refers to nothing");
            }
            return problems;
          }
        });
    return problems.size() <= PROBLEMS ? problems : problems.subList(0, PROBLEMS);
  }

  private Optional<String> chainProblem(Head head) {
    var integrity = new Integrity(readers, new Records(readers));
    return switch (integrity.verifyChain(1, head.seq())) {
      case Integrity.ChainReport.Intact(_, var last) ->
          head.seq() == 0 || hex(last).equals(head.id())
              ? Optional.empty()
              : Optional.of("the chain does not end with the last record");
      case Integrity.ChainReport.Broken(var seq, var why) ->
          Optional.of("record " + seq + ": " + why);
    };
  }

  /// Tables of an older version and a projection of another are not compared: whoever opens the
  /// store makes it anew.
  private Report folded(Contents contents) {
    if (contents.schema() < Schema.VERSION) {
      return new Report(contents, "", List.of());
    }
    RebuildReport report = StoreRebuild.check(readers);
    return new Report(
        contents,
        report.foldedHash(),
        !foldsAlike() || report.same()
            ? List.of()
            : List.of("the list of tasks is not what the records say: " + report.different()));
  }

  /// What is wrong with the end of the log, without reading all of it; empty where nothing is.
  ///
  /// @param records how many of the last ones are looked at
  public Optional<String> tailProblem(int records) {
    Head head = head();
    var integrity = new Integrity(readers, new Records(readers));
    return switch (integrity.verifyChain(Math.max(1, head.seq() - records), head.seq())) {
      case Integrity.ChainReport.Intact _ -> Optional.empty();
      case Integrity.ChainReport.Broken(var seq, var why) ->
          Optional.of("record " + seq + ": " + why);
    };
  }

  /// When the last record was written, by the clock of then; empty where there is none.
  public Optional<Instant> lastAt() {
    return readers.read("reading the last record", Records::lastAt);
  }

  /// When its first record was written; empty where there is none.
  public Optional<Instant> firstAt() {
    return readers.read("reading the first record", Records::firstAt);
  }

  /// Whether its list of tasks was written by a program that folds records as this one does: only
  /// then state hashes can be compared.
  public boolean foldsAlike() {
    return readers.read("reading a version", it -> new Meta(it).projectionVersion())
        == TaskRow.VERSION;
  }

  /// Version of its tables.
  public int schema() {
    return readers.read(
        "reading the version", connection -> (int) number(connection, "PRAGMA user_version"));
  }

  /// Id of a record, in hex; empty where there is none.
  public Optional<String> idAt(long seq) {
    return new Records(readers)
        .page(seq - 1, 1).stream()
            .filter(it -> it.seq() == seq)
            .map(it -> hex(it.id()))
            .findFirst();
  }

  /// Seq of the last decision that lies wholly before the cut; empty where none does.
  public OptionalLong lastBefore(Cut cut) {
    long from =
        switch (cut) {
          case Cut.AfterSeq(var seq) -> seq;
          case Cut.AfterTime(var at) ->
              readers.read(
                  "looking for a time",
                  connection -> {
                    try (var statement =
                        connection.prepareStatement("SELECT max(seq) FROM records WHERE at <= ?")) {
                      statement.setLong(1, Keys.micros(at));
                      try (var rows = statement.executeQuery()) {
                        return rows.next() ? rows.getLong(1) : 0L;
                      }
                    }
                  });
        };
    var records = new Records(readers);
    for (long seq = from; seq >= 1; seq--) {
      List<StoredRecord> page = records.page(seq - 1, 1);
      if (!page.isEmpty() && RecordCodec.decode(page.getFirst()).lastOfDecision()) {
        return OptionalLong.of(page.getFirst().seq());
      }
    }
    return OptionalLong.empty();
  }

  /// What it says after a record, one line for each task, for people; then how many records are
  /// about the instance itself.
  public List<String> saidAfter(long seq) {
    return readers.read(
        "reading what came later",
        connection -> {
          var lines = new ArrayList<String>();
          try (var statement =
              connection.prepareStatement(
                  "SELECT t.number, t.title, t.state, count(*) FROM records r"
                      + " LEFT JOIN tasks t ON t.id = r.task WHERE r.seq > ?"
                      + " GROUP BY r.task ORDER BY t.number")) {
            statement.setLong(1, seq);
            try (var rows = statement.executeQuery()) {
              while (rows.next()) {
                long count = rows.getLong(4);
                String records = count + (count == 1 ? " record" : " records");
                lines.add(
                    rows.getLong(1) == 0
                        ? "the instance: " + records
                        : new DisplayId(rows.getLong(1))
                            + " "
                            + rows.getString(3)
                            + " \""
                            + rows.getString(2)
                            + "\": "
                            + records);
              }
            }
            return lines;
          }
        });
  }

  /// Number of each task's latest attempt.
  public SortedMap<TaskId, Integer> attempts() {
    return readers.read(
        "listing attempts",
        connection -> {
          var attempts = new TreeMap<TaskId, Integer>();
          try (var statement = connection.createStatement();
              var rows = statement.executeQuery("SELECT id, attempts FROM tasks")) {
            while (rows.next()) {
              attempts.put(Keys.task(rows.getBytes(1)), rows.getInt(2));
            }
            return attempts;
          }
        });
  }

  /// Tasks whose work is not merged, by the root of their project.
  public SortedMap<String, List<DisplayId>> unmerged() {
    return readers.read(
        "listing projects",
        connection -> {
          var projects = new TreeMap<String, List<DisplayId>>();
          try (var statement =
              connection.prepareStatement(
                  "SELECT project, number FROM tasks WHERE state <> ? AND attempts > 0"
                      + " ORDER BY number")) {
            statement.setString(1, TaskState.Kind.MERGED.name());
            try (var rows = statement.executeQuery()) {
              while (rows.next()) {
                projects
                    .computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                    .add(new DisplayId(rows.getLong(2)));
              }
            }
            return projects;
          }
        });
  }

  private static long number(Connection connection, String sql) throws SQLException {
    return Long.parseLong(Connections.one(connection, sql));
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static LogUnavailable damaged(String message) {
    return SqliteRecordLog.corrupt(message, new IllegalStateException(message));
  }

  @Override
  public void close() {
    readers.close();
  }
}
