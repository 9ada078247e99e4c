package io.salvor.sqlite;

import io.salvor.records.TaskRow;
import java.util.List;
import java.util.OptionalLong;

/// A page of a list of tasks.
///
/// @param next what to name as [TaskCursor#from] to go on; empty at the end
public record TaskPage(List<TaskRow> rows, OptionalLong next) {
  public TaskPage {
    rows = List.copyOf(rows);
  }
}
