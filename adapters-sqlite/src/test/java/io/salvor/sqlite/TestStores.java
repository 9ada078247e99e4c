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

  private TestStores() {}

  static SqliteStore open(Path home) {
    return SqliteStore.open(StoreFiles.in(home), SETTINGS, CLOCK);
  }

  /// A connection past all safeguards.
  static Connection raw(Path home) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + StoreFiles.in(home).database());
  }
}
