package io.salvor.sqlite;

import io.salvor.domain.journal.HandMade;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import io.salvor.sqlite.SqliteStore.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

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

  /// Three records into an empty log: a request, one with the clock ahead, and with the clock set
  /// right again the request once more.
  static Request carryOutTwice(RecordLog log) {
    var request = new Request(HandMade.ANN, "CreateTask", "r-1", "payload");
    var ahead = new Request(HandMade.ANN, "CreateTask", "r-2", "payload");
    var hand = new HandMade();
    log.appendDurably(List.of(hand.create(HandMade.task(1), Optional.of(request))));
    hand.later(Duration.ofHours(30));
    log.appendDurably(List.of(hand.create(HandMade.task(2), Optional.of(ahead))));
    hand.later(Duration.ofHours(-29));
    log.appendDurably(List.of(hand.create(HandMade.task(3), Optional.of(request))));
    return request;
  }
}
