package io.salvor.server.filter;

import io.salvor.domain.task.Task;
import io.salvor.sqlite.TaskCondition;
import java.time.Instant;

/// Which tasks a caller wants.
public final class TaskFilter {
  private final Match match;

  private TaskFilter(Match match) {
    this.match = match;
  }

  /// Reads a filter; an empty text wants all.
  ///
  /// @param now what lengths of time count back from
  /// @throws BadFilter where it cannot be meant
  public static TaskFilter parse(String text, Instant now) {
    return new TaskFilter(match(FilterReader.read(text), now));
  }

  private static Match match(Expression expression, Instant now) {
    return switch (expression) {
      case Expression.All(var parts) ->
          Match.all(parts.stream().map(it -> match(it, now)).toList());
      case Expression.Any(var parts) ->
          Match.any(parts.stream().map(it -> match(it, now)).toList());
      case Expression.Not(var of) -> match(of, now).negated();
      case Expression.Restriction asked -> TaskField.named(asked.field()).match(asked, now);
    };
  }

  /// What the store can sort out by itself: it holds for every task that is wanted.
  public TaskCondition stored() {
    return match.stored();
  }

  /// Whether [#stored] holds for no other task.
  public boolean isStored() {
    return match.exact();
  }

  /// Whether the task is wanted.
  public boolean matches(Task task) {
    return match.matches().test(task);
  }
}
