package io.salvor.sqlite;

import io.salvor.records.StoreIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// The few things that a store knows of itself. Used inside a transaction.
final class Meta {
  private final Connection connection;

  Meta(Connection connection) {
    this.connection = connection;
  }

  /// The store's identity; a new store gets one.
  StoreIdentity identity(Supplier<UUID> lineages, InstantSource clock) throws SQLException {
    Optional<StoreIdentity> known = known();
    if (known.isPresent()) {
      return known.get();
    }
    var made = new StoreIdentity(lineages.get(), 1);
    set("lineage", made.lineage().toString());
    set("store_epoch", Long.toString(made.epoch()));
    set("created_at", clock.instant().toString());
    return made;
  }

  /// The store's identity; empty where it has none yet.
  Optional<StoreIdentity> known() throws SQLException {
    Optional<String> lineage = get("lineage");
    if (lineage.isEmpty()) {
      return Optional.empty();
    }
    String epoch = get("store_epoch").orElse("1");
    return Optional.of(new StoreIdentity(UUID.fromString(lineage.get()), Long.parseLong(epoch)));
  }

  void setEpoch(long epoch) throws SQLException {
    set("store_epoch", Long.toString(epoch));
  }

  /// Version of the rows in the projection; 0 before the first.
  int projectionVersion() throws SQLException {
    return get("projection_version").map(Integer::parseInt).orElse(0);
  }

  void setProjectionVersion(int version) throws SQLException {
    set("projection_version", Integer.toString(version));
  }

  private Optional<String> get(String key) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT value FROM meta WHERE key = ?")) {
      statement.setString(1, key);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  private void set(String key, String value) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "INSERT INTO meta (key, value) VALUES (?, ?)"
                + " ON CONFLICT (key) DO UPDATE SET value = excluded.value")) {
      statement.setString(1, key);
      statement.setString(2, value);
      statement.executeUpdate();
    }
  }
}
