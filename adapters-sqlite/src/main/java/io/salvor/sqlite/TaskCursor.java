package io.salvor.sqlite;

import java.util.OptionalLong;

/// Where in a list of tasks a page stands, and how long it is.
///
/// @param from number of the last task of the page before; empty for the first page
public record TaskCursor(Order order, OptionalLong from, int size) {
  public TaskCursor {
    if (size < 1) {
      throw new IllegalArgumentException("a page has at least one row, not " + size);
    }
  }

  /// The first page.
  public static TaskCursor first(Order order, int size) {
    return new TaskCursor(order, OptionalLong.empty(), size);
  }

  /// In which order tasks are listed.
  public enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }
}
