package io.salvor.sqlite;

import io.salvor.sqlite.SqliteStore.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Stores as tests want them.
final class TestStores {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z"));
  static final Settings SETTINGS = new Settings(Duration.ofMillis(200), 2, 0);

  /// After all that tests write.
  static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

  private TestStores() {}

  static SqliteStore open(Path home) {
    return SqliteStore.open(StoreFiles.in(home), SETTINGS, CLOCK);
  }

  /// Archives all but the last few records.
  ///
  /// @param records of a segment
  static void archive(SqliteStore store, int records) {
    Archive archive = store.archive(new Archive.Portion(records, 1L << 40));
    while (archive.pack(LATER)) {}
  }

  /// A connection past all safeguards.
  static Connection raw(Path home) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + StoreFiles.in(home).database());
  }
}
