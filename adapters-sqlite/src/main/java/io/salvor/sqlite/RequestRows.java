package io.salvor.sqlite;

import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.Request;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Notes which requests were carried out, for a day, and forgets those before. Used inside the
/// writer's transactions only.
final class RequestRows implements AutoCloseable {
  static final long KEPT_MICROS = Duration.ofHours(24).toNanos() / 1_000;
  private static final int PRUNED_AT_LEAST = 64;

  private static final String NOTE =
      "INSERT INTO requests (seq, actor, method, request_id, payload_hash, task, at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (actor, method, request_id)"
          + " DO UPDATE SET seq = excluded.seq, payload_hash = excluded.payload_hash,"
          + " task = excluded.task, at = excluded.at";

  private final PreparedStatement note;
  private final PreparedStatement prune;

  /// Whether what is noted was accepted before.
  private final boolean replayed;

  /// The latest time of any record here, however the clock was set since: whoever was told that a
  /// request is forgotten was told so as of this or earlier, and must be right.
  private Instant latest;

  private RequestRows(Connection connection, boolean replayed, Instant latest) throws SQLException {
    this.replayed = replayed;
    this.latest = latest;
    note =
        connection.prepareStatement(
            replayed ? NOTE : NOTE + " WHERE requests.at <= ? - " + KEPT_MICROS);
    // In the order of the log, in which a clock that was ahead may have left some for much later.
    prune =
        connection.prepareStatement(
            "DELETE FROM requests WHERE at <= ? AND seq IN"
                + " (SELECT seq FROM requests WHERE at <= ? ORDER BY seq LIMIT ?)");
  }

  /// For requests that are carried out now, none of them twice.
  static RequestRows appended(Connection connection) throws SQLException {
    Instant last = Records.lastAt(connection).orElse(Instant.EPOCH);
    return new RequestRows(connection, false, last);
  }

  /// For those of a log that was accepted before. It may have one twice within a day, where a clock
  /// that was ahead made it forgotten: the later one counts.
  static RequestRows replayed(Connection connection) throws SQLException {
    return new RequestRows(connection, true, Instant.EPOCH);
  }

  /// @throws IllegalStateException where one that is carried out now was carried out before
  void add(List<Decision> decisions) throws SQLException {
    int count = 0;
    Instant now = Instant.EPOCH;
    for (Decision decision : decisions) {
      for (Entry entry : decision.entries()) {
        latest = entry.at().isAfter(latest) ? entry.at() : latest;
        Optional<Request> request = entry.request();
        if (request.isPresent()) {
          add(entry, request.get(), decision.lastSeq());
          now = entry.at();
          count++;
        }
      }
    }
    if (count > 0) {
      for (int changed : note.executeBatch()) {
        if (changed == 0) {
          throw new IllegalStateException("a request was carried out twice");
        }
      }
      prune(now, Math.max(PRUNED_AT_LEAST, 2 * count));
    }
  }

  private void add(Entry entry, Request it, long lastSeq) throws SQLException {
    note.setLong(1, lastSeq);
    note.setString(2, it.actor().value());
    note.setString(3, it.method());
    note.setString(4, it.id());
    note.setString(5, it.payloadHash());
    note.setBytes(6, Keys.task(entry.thread()));
    note.setLong(7, Keys.micros(entry.at()));
    if (!replayed) {
      note.setLong(8, Keys.micros(latest));
    }
    note.addBatch();
  }

  /// In small bites, so that no append pays for a whole day, but faster than new ones come.
  private void prune(Instant now, int atMost) throws SQLException {
    prune.setLong(1, Keys.micros(now) - KEPT_MICROS);
    prune.setLong(2, Keys.micros(now));
    prune.setInt(3, atMost);
    prune.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    note.close();
    prune.close();
  }
}
