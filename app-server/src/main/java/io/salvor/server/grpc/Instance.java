package io.salvor.server.grpc;

import io.salvor.server.config.Setting;
import io.salvor.v1.Addresses;
import io.salvor.v1.StoreCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The running server, as its services see it.
public interface Instance {
  String version();

  String home();

  Instant startedAt();

  Addresses addresses();

  int maxConcurrent();

  /// What it goes by.
  List<Setting> settings();

  /// Whether it waits for its agents in order to stop.
  boolean draining();

  /// Whether it ends by itself when nothing is left to do and nobody is connected.
  default boolean exitsWhenIdle() {
    return false;
  }

  /// What is not well, in one sentence; empty where all is.
  Optional<String> problem();

  /// What people should look after, though it serves, one sentence each.
  default List<String> warnings() {
    return List.of();
  }

  /// When the last backup was made that was verified; empty for none.
  default Optional<Instant> lastVerifiedBackup() {
    return Optional.empty();
  }

  /// Reads all of the store and says what is wrong with it.
  StoreCheck checkStore();

  /// Begins to stop; returns at once.
  void stop(StopMode mode);

  /// What happens to the agents.
  enum StopMode {
    /// They run on; the next server adopts them.
    LEAVE,
    /// They are waited for.
    DRAIN,
    /// Their tasks are cancelled.
    CANCEL
  }
}
