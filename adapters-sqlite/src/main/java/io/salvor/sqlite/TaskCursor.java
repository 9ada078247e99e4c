package io.salvor.sqlite;

import java.util.List;

/// Where in a list of tasks a page stands, and how long it is.
///
/// @param from where the last task of the page before stands in the order; empty for the first page
public record TaskCursor(TaskOrder order, List<Long> from, int size) {
  public TaskCursor {
    from = List.copyOf(from);
    if (size < 1) {
      throw new IllegalArgumentException("a page has at least one row, not " + size);
    }
    if (!from.isEmpty() && from.size() != order.keys().size()) {
      throw new IllegalArgumentException("not a place in this order: " + from);
    }
  }

  /// The first page.
  public static TaskCursor first(TaskOrder order, int size) {
    return new TaskCursor(order, List.of(), size);
  }

  /// The page that begins after this row.
  public TaskCursor after(io.salvor.records.TaskRow row) {
    return new TaskCursor(order, order.position(row), size);
  }
}
