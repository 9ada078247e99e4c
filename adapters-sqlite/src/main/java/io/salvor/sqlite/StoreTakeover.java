package io.salvor.sqlite;

import io.salvor.domain.access.Actor;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.InstanceThread;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.journal.Threads;
import io.salvor.records.LogStretch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes a home's store of a copy, before anybody works with it.
public final class StoreTakeover {
  private final long epoch;
  private final OptionalLong cutAfter;
  private final InstanceFact.Restored fact;
  private final Actor actor;

  /// @param epoch of the store that comes of it
  /// @param cutAfter the last record that is kept, the end of a decision; empty for all
  /// @param fact what its log then says of it
  public StoreTakeover(long epoch, OptionalLong cutAfter, InstanceFact.Restored fact, Actor actor) {
    this.epoch = epoch;
    this.cutAfter = cutAfter;
    this.fact = fact;
    this.actor = actor;
  }

  /// Does it to a copy that lies where a store's files belong.
  ///
  /// @param onward what goes on from the copy, in the order of the log; may begin within it
  /// @throws io.salvor.records.CorruptRecord where it does not go on from it
  public void take(StoreFiles files, Iterable<LogStretch> onward, InstantSource clock) {
    try {
      Connections.unpackInto(files.temporary());
      var connections =
          new Connections(files.database(), SqliteStore.Settings.DEFAULT.busyTimeout());
      try (Connection writer = connections.writer()) {
        Schema.migrate(writer);
        Transactions.write(writer, it -> renew(it, onward));
      }
    } catch (SQLException e) {
      throw SqlFailures.of(e, "taking over " + files.database());
    }
    try (var store = SqliteStore.open(files, SqliteStore.Settings.DEFAULT, clock)) {
      store.log().appendDurably(List.of(told(store.log().restore(), clock)));
    }
  }

  private Connection renew(Connection connection, Iterable<LogStretch> onward) throws SQLException {
    boolean replayed = new LogReplay(connection).add(onward);
    boolean cut = cut(connection);
    if (replayed || cut) {
      StoreRebuild.rebuild(connection);
    }
    new Meta(connection).setEpoch(epoch);
    return connection;
  }

  private boolean cut(Connection connection) throws SQLException {
    if (cutAfter.isEmpty()) {
      return false;
    }
    ArchivedRows.unpackFrom(connection, cutAfter.getAsLong());
    for (String table : List.of("records", "requests")) {
      try (var statement = connection.prepareStatement("DELETE FROM " + table + " WHERE seq > ?")) {
        statement.setLong(1, cutAfter.getAsLong());
        statement.executeUpdate();
      }
    }
    return true;
  }

  private Decision told(RecordLog.Restored before, InstantSource clock) {
    var statement = new Statement.OfInstance(before.lastSeq() + 1, actor, clock.instant(), fact);
    InstanceThread after = before.instance().after(statement);
    return new Decision(
        List.of(Threads.entry(after, statement, Optional.empty()).last()), List.of(), List.of());
  }
}
