package io.salvor.domain.task;

import java.util.List;

/// What the recovery matrix says of a task's last attempt.
///
/// @param row name of the row that applied
/// @param changes limits that were the cause, as they should be for the next attempt
/// @param why one sentence for people
public record Advice(String row, Remedy remedy, List<Change> changes, String why) {
  public Advice {
    changes = List.copyOf(changes);
  }
}
