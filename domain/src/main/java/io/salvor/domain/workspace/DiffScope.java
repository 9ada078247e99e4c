package io.salvor.domain.workspace;

import java.util.Optional;

/// Which part of a task's work a diff shows.
public sealed interface DiffScope {
  /// What the branch holds and the base does not.
  record Committed() implements DiffScope {}

  /// What the workspace holds and its HEAD does not, untracked files included.
  record Uncommitted() implements DiffScope {}

  /// What one commit holds and another does not: of an attempt that is over.
  ///
  /// @param from empty for the base
  record Between(Optional<String> from, String to) implements DiffScope {}
}
