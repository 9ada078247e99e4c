package io.salvor.sqlite;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.records.TaskRow;
import io.salvor.sqlite.TaskCursor.Order;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jooq.Condition;
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
  private static final Field<Long> NUMBER = field(name("number"), Long.class);
  private static final Field<String> STATE = field(name("state"), String.class);
  private static final Field<String> PROJECT = field(name("project"), String.class);
  private static final Field<String> AGENT = field(name("agent"), String.class);
  private static final Field<Integer> COUNT = DSL.count();

  // Spelled out, since only then SQLite sees that its partial indexes fit.
  private static final Condition OPEN = condition("closed = 0");
  private static final Condition CLOSED = condition("closed = 1");
  private static final Field<Long> UPDATED_AT = field(name("updated_at"), Long.class);

  private final Readers readers;

  Tasks(Readers readers) {
    this.readers = readers;
  }

  /// One page, in the order of the tasks' numbers.
  public TaskPage page(TaskFilter filter, TaskCursor cursor) {
    boolean ascending = cursor.order() == Order.OLDEST_FIRST;
    Condition condition = matches(filter);
    if (cursor.from().isPresent()) {
      long from = cursor.from().getAsLong();
      condition = condition.and(ascending ? NUMBER.gt(from) : NUMBER.lt(from));
    }
    Condition where = condition;
    List<TaskRow> rows =
        select(connection ->
            Sql.on(connection)
                .select(COLUMNS)
                .from(TASKS)
                .where(where)
                .orderBy(ascending ? NUMBER.asc() : NUMBER.desc())
                .limit(cursor.size() + 1));
    if (rows.size() <= cursor.size()) {
      return new TaskPage(rows, OptionalLong.empty());
    }
    List<TaskRow> page = rows.subList(0, cursor.size());
    return new TaskPage(page, OptionalLong.of(page.getLast().display().number()));
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
  public long count(TaskFilter filter) {
    Condition where = matches(filter);
    return readers.read(
        "counting tasks", connection -> (long) Sql.on(connection).fetchCount(TASKS, where));
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
          var counts = new ArrayList<StateCount>();
          Sql.on(connection)
              .select(STATE, COUNT, min(UPDATED_AT))
              .from(TASKS)
              .where(OPEN)
              .groupBy(STATE)
              .forEach(it -> counts.add(stateCount(it, Optional.of(Keys.time(it.value3())))));
          Sql.on(connection)
              .select(STATE, COUNT)
              .from(TASKS)
              .where(CLOSED)
              .groupBy(STATE)
              .forEach(it -> counts.add(stateCount(it, Optional.empty())));
          counts.sort(Comparator.comparing(StateCount::state));
          return counts;
        });
  }

  private static StateCount stateCount(Record row, Optional<Instant> oldest) {
    return new StateCount(Kind.valueOf(row.get(STATE)), row.get(COUNT), oldest);
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

  private static Condition states(Set<Kind> states) {
    if (states.isEmpty()) {
      return noCondition();
    }
    var open = states.stream().filter(it -> !it.isClosed()).map(Kind::name).toList();
    var closed = states.stream().filter(Kind::isClosed).map(Kind::name).toList();
    if (closed.isEmpty()) {
      return OPEN.and(STATE.in(open));
    }
    return open.isEmpty()
        ? CLOSED.and(STATE.in(closed))
        : OPEN.and(STATE.in(open)).or(CLOSED.and(STATE.in(closed)));
  }

  private static Condition matches(TaskFilter filter) {
    Condition condition = states(filter.states());
    if (filter.project().isPresent()) {
      condition = condition.and(PROJECT.eq(filter.project().get()));
    }
    if (filter.agent().isPresent()) {
      condition = condition.and(AGENT.eq(filter.agent().get()));
    }
    return condition;
  }
}
