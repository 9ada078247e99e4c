package io.salvor.sqlite;

import io.salvor.records.TaskRow;
import java.util.List;
import java.util.Optional;

/// A page of a list of tasks.
///
/// @param next the page after it; empty at the end
public record TaskPage(List<TaskRow> rows, Optional<TaskCursor> next) {
  public TaskPage {
    rows = List.copyOf(rows);
  }
}
