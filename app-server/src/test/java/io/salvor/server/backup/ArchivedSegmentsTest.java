package io.salvor.server.backup;

import io.salvor.sqlite.Archive;
import io.salvor.sqlite.SqliteStore;
import java.time.Instant;

/// Z13: backups, what is written down between them and restores to any record are the same where
/// the store's records are archived, two by two.
final class ArchivedSegmentsTest extends SegmentsTest {
  private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

  @Override
  void archive(SqliteStore store) {
    Archive archive = store.archive(new Archive.Portion(2, Long.MAX_VALUE));
    while (archive.pack(LATER)) {}
  }
}
