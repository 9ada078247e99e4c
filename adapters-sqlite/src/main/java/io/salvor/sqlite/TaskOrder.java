package io.salvor.sqlite;

import io.salvor.domain.task.TaskState.Kind;
import io.salvor.records.TaskRow;
import java.util.ArrayList;
import java.util.List;

/// In which order tasks are listed: by these keys, and last by number, so that it is the same order
/// each time.
public record TaskOrder(List<Key> keys) {
  /// As they were made.
  public static final TaskOrder OLDEST_FIRST = new TaskOrder(List.of());

  /// The other way round.
  public static final TaskOrder NEWEST_FIRST = new TaskOrder(List.of(new Key(By.NUMBER, true)));

  private static final List<Kind> LIFE = List.of(Kind.values());

  public TaskOrder {
    List<Key> whole = new ArrayList<>();
    for (Key key : keys) {
      if (whole.stream().noneMatch(it -> it.by() == key.by())) {
        whole.add(key);
      }
    }
    if (whole.stream().noneMatch(it -> it.by() == By.NUMBER)) {
      whole.add(new Key(By.NUMBER, false));
    }
    keys = List.copyOf(whole);
  }

  /// Where in a task's life a state lies.
  static long placeInLife(Kind state) {
    return LIFE.indexOf(state);
  }

  /// Where a row stands in it.
  public List<Long> position(TaskRow row) {
    return keys.stream().map(key -> value(key.by(), row)).toList();
  }

  private static long value(By by, TaskRow row) {
    return switch (by) {
      case NUMBER -> row.display().number();
      case UPDATED_AT -> Keys.micros(row.updatedAt());
      case STATE -> placeInLife(row.state());
      case COST -> row.cost().map(it -> it.value()).orElse(-1L);
    };
  }

  /// One thing to order by.
  public record Key(By by, boolean descending) {}

  /// What tasks can be ordered by.
  public enum By {
    NUMBER,
    /// When the present state began.
    UPDATED_AT,
    /// In the order of a task's life.
    STATE,
    /// One that is not known comes before all others.
    COST
  }
}
