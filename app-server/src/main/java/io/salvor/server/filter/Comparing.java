package io.salvor.server.filter;

import io.salvor.domain.task.Task;
import io.salvor.server.filter.Expression.Restriction;
import io.salvor.sqlite.TaskCondition.Compares;
import io.salvor.sqlite.TaskCondition.Comparison;
import io.salvor.sqlite.TaskCondition.Quantity;
import java.util.Optional;
import java.util.function.Function;

/// A comparison of a task's number with a value.
///
/// @param negated whether the comparison must not hold
record Comparing(Quantity quantity, Comparison comparison, long value, boolean negated) {

  static Comparing of(Restriction asked, long value, Quantity quantity) {
    Comparison comparison =
        switch (asked.operator()) {
          case EQUAL, UNEQUAL, HAS -> Comparison.EQUAL;
          case LESS -> Comparison.LESS;
          case AT_MOST -> Comparison.AT_MOST;
          case MORE -> Comparison.MORE;
          case AT_LEAST -> Comparison.AT_LEAST;
        };
    boolean negated = asked.operator() == Expression.Operator.UNEQUAL;
    return new Comparing(quantity, comparison, value, negated);
  }

  /// @param of the task's number, in the unit of the store; empty where it is not known
  Match over(Function<Task, Optional<Long>> of) {
    Match match =
        Match.stored(
            new Compares(quantity, comparison, value),
            task -> of.apply(task).filter(this::holds).isPresent());
    return negated ? match.negated() : match;
  }

  private boolean holds(long number) {
    return switch (comparison) {
      case LESS -> number < value;
      case AT_MOST -> number <= value;
      case EQUAL -> number == value;
      case AT_LEAST -> number >= value;
      case MORE -> number > value;
    };
  }
}
