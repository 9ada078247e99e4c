package io.salvor.bench;

import io.salvor.server.config.Setting;
import io.salvor.server.grpc.Instance;
import io.salvor.v1.Addresses;
import io.salvor.v1.StoreCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A server that nobody asks about itself.
final class NoInstance implements Instance {
  @Override
  public String version() {
    return "bench";
  }

  @Override
  public String home() {
    return "";
  }

  @Override
  public Instant startedAt() {
    return Instant.EPOCH;
  }

  @Override
  public Addresses addresses() {
    return Addresses.getDefaultInstance();
  }

  @Override
  public int maxConcurrent() {
    return 0;
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public boolean draining() {
    return false;
  }

  @Override
  public Optional<String> problem() {
    return Optional.empty();
  }

  @Override
  public StoreCheck checkStore() {
    return StoreCheck.getDefaultInstance();
  }

  @Override
  public void stop(StopMode mode) {}
}
