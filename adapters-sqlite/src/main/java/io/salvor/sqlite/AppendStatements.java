package io.salvor.sqlite;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.TaskFact;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import io.salvor.records.TaskRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The statements of an append, prepared once for the writer's life: plain JDBC, because at
/// thousands of records a second even building the SQL anew would cost more than SQLite does. Used
/// inside the writer's transactions only.
final class AppendStatements implements AutoCloseable {
  private final PreparedStatement record;
  private final PreparedStatement document;
  private final RequestRows requests;
  private final PreparedStatement taskUpdate;
  private final PreparedStatement taskUpsert;
  private final PreparedStatement spend;

  /// @param requests closed with these
  AppendStatements(Connection connection, RequestRows requests) throws SQLException {
    record =
        connection.prepareStatement(
            "INSERT INTO records (seq, id, task, attempt, clock, kind, at, actor, header, body)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    document =
        connection.prepareStatement(
            "INSERT INTO documents (hash, text) VALUES (?, ?) ON CONFLICT DO NOTHING");
    this.requests = requests;
    taskUpdate = connection.prepareStatement(TaskRows.UPDATE);
    taskUpsert = connection.prepareStatement(TaskRows.UPSERT);
    spend = connection.prepareStatement(SpendingRows.ADD);
  }

  void records(List<Entry> entries, List<StoredRecord> stored) throws SQLException {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      StoredRecord bytes = stored.get(i);
      record.setLong(1, entry.seq());
      record.setBytes(2, bytes.id().toByteArray());
      record.setBytes(3, Keys.task(entry.thread()));
      record.setLong(4, Keys.attempt(entry.thread()));
      record.setLong(5, entry.clock());
      record.setString(6, RecordCodec.kindOf(entry));
      record.setLong(7, Keys.micros(entry.at()));
      record.setString(8, entry.actor().value());
      record.setBytes(9, bytes.header().toByteArray());
      record.setBytes(10, bytes.body().toByteArray());
      record.addBatch();
    }
    record.executeBatch();
  }

  void documents(List<Decision> decisions) throws SQLException {
    boolean any = false;
    for (Decision decision : decisions) {
      for (Decision.Document it : decision.documents()) {
        document.setString(1, it.hash());
        document.setString(2, it.text());
        document.addBatch();
        any = true;
      }
    }
    if (any) {
      document.executeBatch();
    }
  }

  void requests(List<Decision> decisions) throws SQLException {
    requests.add(decisions);
  }

  /// Only the last of a task's states in a batch becomes a row.
  void tasks(List<Decision> decisions) throws SQLException {
    Map<TaskId, OpenThread> last = new LinkedHashMap<>();
    Set<TaskId> edited = new HashSet<>();
    for (Decision decision : decisions) {
      decision.threads().forEach(it -> last.put(it.task().id(), it));
      decision.entries().forEach(entry -> noteEdited(entry, edited));
    }
    var rows = new ArrayList<TaskRow>();
    var anew = new ArrayList<TaskRow>();
    for (OpenThread thread : last.values()) {
      (edited.contains(thread.task().id()) ? anew : rows).add(TaskRow.of(thread));
    }
    for (TaskRow row : rows) {
      TaskRows.bindUpdate(taskUpdate, row);
      taskUpdate.addBatch();
    }
    int[] changed = taskUpdate.executeBatch();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] == 0) {
        anew.add(rows.get(i));
      }
    }
    upsert(anew);
  }

  /// One row for each day and project, however much is told of them.
  void spending(List<Decision> decisions) throws SQLException {
    var tally = new SpendingRows.Tally();
    decisions.forEach(decision -> decision.spent().forEach(tally::add));
    List<Spent> all = tally.all();
    for (Spent spent : all) {
      SpendingRows.bind(spend, spent);
      spend.addBatch();
    }
    if (!all.isEmpty()) {
      spend.executeBatch();
    }
  }

  private static void noteEdited(Entry entry, Set<TaskId> edited) {
    entry
        .ofTask()
        .filter(it -> it.fact() instanceof TaskFact.Edited)
        .ifPresent(it -> edited.add(it.task()));
  }

  private void upsert(List<TaskRow> rows) throws SQLException {
    for (TaskRow row : rows) {
      TaskRows.bindUpsert(taskUpsert, row);
      taskUpsert.addBatch();
    }
    if (!rows.isEmpty()) {
      taskUpsert.executeBatch();
    }
  }

  @Override
  public void close() throws SQLException {
    for (var statement : List.of(record, document, taskUpdate, taskUpsert, spend)) {
      statement.close();
    }
    requests.close();
  }
}
