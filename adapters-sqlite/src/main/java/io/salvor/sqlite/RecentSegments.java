package io.salvor.sqlite;

import io.salvor.records.ArchivedSegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The few segments of the archive that were looked into last, so that what is read in order
/// unpacks each once. A segment never changes while its store is open. Used by one thread.
final class RecentSegments {
  private static final int MOST = 8;

  private final Deque<ArchivedSegment> latest = new ArrayDeque<>(MOST);

  /// The one that has a record, if it is among them.
  Optional<ArchivedSegment> with(long seq) {
    return latest.stream().filter(it -> it.covers(seq)).findFirst();
  }

  /// Keeps one, in place of the one that was kept first.
  void keep(ArchivedSegment segment) {
    if (latest.size() == MOST) {
      latest.removeLast();
    }
    latest.addFirst(segment);
  }
}
