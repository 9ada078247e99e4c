package io.salvor.sqlite;

import io.salvor.domain.task.TaskState.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which tasks to list, in words that the store has columns for.
public sealed interface TaskCondition {
  /// All of them.
  TaskCondition ALWAYS = new AllOf(List.of());

  /// What meets each of these; everything where there is none.
  record AllOf(List<TaskCondition> parts) implements TaskCondition {
    public AllOf {
      parts = List.copyOf(parts);
    }
  }

  /// What meets one of these; nothing where there is none.
  record AnyOf(List<TaskCondition> parts) implements TaskCondition {
    public AnyOf {
      parts = List.copyOf(parts);
    }
  }

  /// What does not meet this.
  record Not(TaskCondition of) implements TaskCondition {}

  /// In one of these states.
  record InState(Set<Kind> states) implements TaskCondition {
    public InState {
      states = Set.copyOf(states);
    }

    /// In this one.
    public static InState of(Kind state) {
      return new InState(EnumSet.of(state));
    }
  }

  /// Whose text is this one.
  record Is(Text text, String value) implements TaskCondition {}

  /// Whose number compares so; one that is not known compares with nothing.
  record Compares(Quantity quantity, Comparison comparison, long value) implements TaskCondition {}

  /// Texts that the store can look for.
  enum Text {
    PROJECT,
    AGENT
  }

  /// Numbers that the store can compare; moments are microseconds since 1970.
  enum Quantity {
    CREATED_AT,
    UPDATED_AT,
    COST_MICRO_USD,
    ATTEMPTS
  }

  /// How two numbers stand to each other.
  enum Comparison {
    LESS,
    AT_MOST,
    EQUAL,
    AT_LEAST,
    MORE
  }
}
