package io.salvor.sqlite;

import io.salvor.domain.task.TaskState.Kind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Which tasks to list. What is empty excludes nothing.
///
/// @param states any of these
public record TaskFilter(Set<Kind> states, Optional<String> project, Optional<String> agent) {
  /// All of them.
  public static final TaskFilter ALL =
      new TaskFilter(EnumSet.noneOf(Kind.class), Optional.empty(), Optional.empty());

  public TaskFilter {
    states = Set.copyOf(states);
  }
}
