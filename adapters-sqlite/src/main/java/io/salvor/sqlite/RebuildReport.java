package io.salvor.sqlite;

import io.salvor.domain.id.TaskId;
import java.util.List;

/// How the projection compares with the log.
///
/// @param tasks how many there are
/// @param foldedHash state hash of the rows as folded from the log
/// @param listedHash state hash of the rows as they stood in the table
/// @param different the first tasks whose rows differ, are missing or should not be there
/// @param sameSpending whether what was used by day and project was the same
public record RebuildReport(
    long tasks,
    String foldedHash,
    String listedHash,
    List<TaskId> different,
    boolean sameSpending) {
  /// How many tasks are named at most.
  public static final int MAX_NAMED = 100;

  public RebuildReport {
    different = List.copyOf(different);
  }

  /// Whether the projection is what the log says.
  public boolean same() {
    return foldedHash.equals(listedHash) && different.isEmpty() && sameSpending;
  }
}
