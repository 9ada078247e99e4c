package io.salvor.sqlite;

import static io.salvor.sqlite.TaskConditions.CLOSED;
import static io.salvor.sqlite.TaskConditions.NUMBER;
import static io.salvor.sqlite.TaskConditions.OPEN;
import static io.salvor.sqlite.TaskConditions.PROJECT;
import static io.salvor.sqlite.TaskConditions.STATE;
import static io.salvor.sqlite.TaskConditions.UPDATED_AT;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.records.TaskRow;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Lists tasks from the projection. Safe for use by many threads.
public final class Tasks {
  private static final Table<Record> TASKS = table(name("tasks"));
  private static final Field<Object> COLUMNS = field(TaskRows.COLUMNS);
  private static final Field<byte[]> ID = field(name("id"), byte[].class);
  private static final Field<Integer> COUNT = DSL.count();

  private final Readers readers;

  Tasks(Readers readers) {
    this.readers = readers;
  }

  /// One page.
  public TaskPage page(TaskCondition condition, TaskCursor cursor) {
    List<TaskRow> rows =
        select(connection -> {
          var ordered =
              Sql.on(connection)
                  .select(COLUMNS)
                  .from(TASKS)
                  .where(TaskConditions.sql(condition))
                  .orderBy(TaskConditions.sql(cursor.order()));
          return cursor.from().isEmpty()
              ? ordered.limit(cursor.size() + 1)
              : ordered.seek(cursor.from().toArray()).limit(cursor.size() + 1);
        });
    if (rows.size() <= cursor.size()) {
      return new TaskPage(rows, Optional.empty());
    }
    List<TaskRow> page = rows.subList(0, cursor.size());
    return new TaskPage(page, Optional.of(cursor.after(page.getLast())));
  }

  /// The task of this number.
  public Optional<TaskRow> byNumber(DisplayId display) {
    return select(connection ->
            Sql.on(connection).select(COLUMNS).from(TASKS).where(NUMBER.eq(display.number())))
        .stream()
        .findFirst();
  }

  /// The task with this id.
  public Optional<TaskRow> get(TaskId task) {
    return select(connection ->
            Sql.on(connection).select(COLUMNS).from(TASKS).where(ID.eq(Keys.bytes(task))))
        .stream()
        .findFirst();
  }

  /// How many tasks match.
  public long count(TaskCondition condition) {
    return readers.read(
        "counting tasks",
        connection -> (long) Sql.on(connection).fetchCount(TASKS, TaskConditions.sql(condition)));
  }

  /// Roots of all projects that have tasks, in order.
  public List<String> projects() {
    return readers.read(
        "listing projects",
        connection ->
            Sql.on(connection).selectDistinct(PROJECT).from(TASKS).orderBy(PROJECT).fetch(PROJECT));
  }

  /// How many tasks there are in each state that any is in, in the order of the states.
  public List<StateCount> counts() {
    return readers.readTogether(
        "counting tasks",
        connection -> {
          var counts = new TreeMap<Kind, StateCount>();
          Sql.on(connection)
              .select(STATE, COUNT, min(UPDATED_AT))
              .from(TASKS)
              .where(OPEN)
              .groupBy(STATE)
              .forEach(it -> add(counts, stateCount(it, Optional.of(Keys.time(it.value3())))));
          Sql.on(connection)
              .select(STATE, COUNT)
              .from(TASKS)
              .where(CLOSED)
              .groupBy(STATE)
              .forEach(it -> add(counts, stateCount(it, Optional.empty())));
          return List.copyOf(counts.values());
        });
  }

  /// What is merged and not settled yet is counted with what is, and waits no more than that.
  private static void add(Map<Kind, StateCount> counts, StateCount more) {
    counts.merge(
        more.state(),
        more,
        (one, other) -> new StateCount(one.state(), one.tasks() + other.tasks(), Optional.empty()));
  }

  private static StateCount stateCount(Record row, Optional<Instant> oldest) {
    Kind state = Kind.valueOf(row.get(STATE));
    return new StateCount(state, row.get(COUNT), state.isClosed() ? Optional.empty() : oldest);
  }

  private List<TaskRow> select(SqlWork<ResultQuery<?>> query) {
    return readers.read(
        "listing tasks",
        connection -> {
          var found = new ArrayList<TaskRow>();
          try (ResultSet rows = query.on(connection).fetchResultSet()) {
            while (rows.next()) {
              found.add(TaskRows.row(rows));
            }
          }
          return found;
        });
  }
}
