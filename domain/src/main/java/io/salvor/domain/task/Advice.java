package io.salvor.domain.task;

import java.util.List;
import java.util.Optional;

/// What the recovery matrix says of a task's last attempt.
///
/// @param row name of the row that applied
/// @param changes limits that were the cause, as they should be for the next attempt
/// @param why one sentence for people
/// @param comment what a person is to be told besides, on the record
public record Advice(
    String row, Remedy remedy, List<Change> changes, String why, Optional<String> comment) {
  public Advice {
    changes = List.copyOf(changes);
  }
}
