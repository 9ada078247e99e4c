package io.salvor.sqlite;

import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.choose;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;

import io.salvor.domain.task.TaskState.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;

/// Conditions on tasks, and orders of them, in SQL.
final class TaskConditions {
  // Spelled out, since only then SQLite sees that its partial indexes fit.
  static final Condition OPEN = condition("closed = 0");
  static final Condition CLOSED = condition("closed = 1");

  static final Field<String> STATE = field(name("state"), String.class);
  static final Field<String> PROJECT = field(name("project"), String.class);
  static final Field<Long> NUMBER = field(name("number"), Long.class);
  static final Field<Long> UPDATED_AT = field(name("updated_at"), Long.class);
  private static final Field<String> AGENT = field(name("agent"), String.class);
  private static final Field<Long> CREATED_AT = field(name("created_at"), Long.class);
  private static final Field<Long> COST = field(name("cost_micro_usd"), Long.class);
  private static final Field<Long> ATTEMPTS = field(name("attempts"), Long.class);

  private static final Field<Long> PLACE_IN_LIFE =
      choose(STATE)
          .mapFields(
              Arrays.stream(Kind.values())
                  .collect(
                      Collectors.toMap(
                          (Kind kind) -> inline(kind.name()),
                          kind -> inline(TaskOrder.placeInLife(kind)))));

  private TaskConditions() {}

  static Condition sql(TaskCondition wanted) {
    return switch (wanted) {
      case TaskCondition.AllOf(var parts) -> and(parts.stream().map(TaskConditions::sql).toList());
      case TaskCondition.AnyOf(var parts) -> or(parts.stream().map(TaskConditions::sql).toList());
      case TaskCondition.Not(var of) -> not(sql(of));
      case TaskCondition.InState(var states) -> inState(states.stream().sorted().toList());
      case TaskCondition.Is(var text, var value) -> column(text).eq(value);
      case TaskCondition.Compares compares -> compares(compares);
    };
  }

  /// What is merged and not settled yet is among the open ones.
  private static Condition inState(List<Kind> states) {
    List<String> all = states.stream().map(Kind::name).toList();
    List<String> closed = states.stream().filter(Kind::isClosed).map(Kind::name).toList();
    Condition open = OPEN.and(STATE.in(all));
    return closed.isEmpty() ? open : open.or(CLOSED.and(STATE.in(closed)));
  }

  private static Field<String> column(TaskCondition.Text text) {
    return switch (text) {
      case PROJECT -> PROJECT;
      case AGENT -> AGENT;
    };
  }

  private static Condition compares(TaskCondition.Compares wanted) {
    Field<Long> column =
        switch (wanted.quantity()) {
          case CREATED_AT -> CREATED_AT;
          case UPDATED_AT -> UPDATED_AT;
          case COST_MICRO_USD -> COST;
          case ATTEMPTS -> ATTEMPTS;
        };
    Condition compared =
        switch (wanted.comparison()) {
          case LESS -> column.lt(wanted.value());
          case AT_MOST -> column.le(wanted.value());
          case EQUAL -> column.eq(wanted.value());
          case AT_LEAST -> column.ge(wanted.value());
          case MORE -> column.gt(wanted.value());
        };
    return column.isNotNull().and(compared);
  }

  static List<SortField<Long>> sql(TaskOrder order) {
    return order.keys().stream()
        .map(key -> key.descending() ? column(key.by()).desc() : column(key.by()).asc())
        .toList();
  }

  private static Field<Long> column(TaskOrder.By by) {
    return switch (by) {
      case NUMBER -> NUMBER;
      case UPDATED_AT -> UPDATED_AT;
      case STATE -> PLACE_IN_LIFE;
      case COST -> coalesce(COST, inline(-1L));
    };
  }
}
