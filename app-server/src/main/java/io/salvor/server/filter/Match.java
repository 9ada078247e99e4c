package io.salvor.server.filter;

import io.salvor.domain.task.Task;
import io.salvor.sqlite.TaskCondition;
import java.util.List;
import java.util.function.Predicate;

/// A question to a task, and what of it the store can answer by itself.
///
/// @param matches the whole question
/// @param stored holds for every task that matches
/// @param exact whether `stored` holds for no other
record Match(Predicate<Task> matches, TaskCondition stored, boolean exact) {

  /// A question that the store can answer.
  static Match stored(TaskCondition condition, Predicate<Task> same) {
    return new Match(same, condition, true);
  }

  /// A question to which the whole task is needed.
  static Match whole(Predicate<Task> matches) {
    return new Match(matches, TaskCondition.ALWAYS, false);
  }

  Match negated() {
    return exact
        ? new Match(matches.negate(), new TaskCondition.Not(stored), true)
        : whole(matches.negate());
  }

  static Match all(List<Match> parts) {
    return new Match(
        task -> parts.stream().allMatch(it -> it.matches().test(task)),
        new TaskCondition.AllOf(parts.stream().map(Match::stored).toList()),
        parts.stream().allMatch(Match::exact));
  }

  static Match any(List<Match> parts) {
    return new Match(
        task -> parts.stream().anyMatch(it -> it.matches().test(task)),
        new TaskCondition.AnyOf(parts.stream().map(Match::stored).toList()),
        parts.stream().allMatch(Match::exact));
  }
}
