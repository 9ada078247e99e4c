package io.salvor.domain.workspace;

import java.util.List;

/// What came of committing what a dead agent had left.
public sealed interface RescueOutcome {
  /// All that was left is in commits of the task's branch.
  ///
  /// @param head full hash of the branch's tip
  /// @param files those that were committed now; none where nothing was left uncommitted
  record Rescued(String head, List<String> files) implements RescueOutcome {
    public Rescued {
      files = List.copyOf(files);
    }
  }

  /// Nothing was committed.
  ///
  /// @param detail one sentence with the names in question
  record Refused(String detail) implements RescueOutcome {}
}
