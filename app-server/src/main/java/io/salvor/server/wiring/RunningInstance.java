package io.salvor.server.wiring;

import io.salvor.domain.time.Now;
import io.salvor.server.backup.BackupHealth;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.config.Setting;
import io.salvor.server.grpc.Instance;
import io.salvor.server.upkeep.Upkeep;
import io.salvor.sqlite.Ballast;
import io.salvor.v1.Addresses;
import io.salvor.v1.StoreCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// This server, as its services see it. Thread-safe.
final class RunningInstance implements Instance {
  private final String home;
  private final ServerConfig config;
  private final List<Setting> settings;
  private final Lifecycle lifecycle;
  private final Ballast ballast;
  private final BackupHealth backups;
  private final Upkeep upkeep;
  private final Now startedAt;
  private volatile Addresses addresses = Addresses.getDefaultInstance();

  RunningInstance(
      String home,
      ServerConfig config,
      List<Setting> settings,
      Lifecycle lifecycle,
      Ballast ballast,
      BackupHealth backups,
      Upkeep upkeep,
      Now startedAt) {
    this.home = home;
    this.config = config;
    this.settings = settings;
    this.lifecycle = lifecycle;
    this.ballast = ballast;
    this.backups = backups;
    this.upkeep = upkeep;
    this.startedAt = startedAt;
  }

  static String programVersion() {
    try (InputStream in = RunningInstance.class.getResourceAsStream("version")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      return "unknown";
    }
  }

  /// Says where it listens, once it does.
  void listensAt(Addresses where) {
    addresses = where;
  }

  @Override
  public String version() {
    return programVersion();
  }

  @Override
  public String home() {
    return home;
  }

  @Override
  public Instant startedAt() {
    return startedAt.wall();
  }

  @Override
  public Addresses addresses() {
    return addresses;
  }

  @Override
  public int maxConcurrent() {
    return config.maxConcurrent();
  }

  @Override
  public List<Setting> settings() {
    return settings;
  }

  @Override
  public boolean draining() {
    return lifecycle.draining();
  }

  @Override
  public boolean exitsWhenIdle() {
    return lifecycle.exitsWhenIdle();
  }

  @Override
  public Optional<String> problem() {
    if (!ballast.held()) {
      return Optional.of("the disk was full: the space set aside for emergencies is in use");
    }
    return upkeep.store().damage();
  }

  @Override
  public List<String> warnings() {
    var warnings = new ArrayList<>(upkeep.remarks());
    upkeep.store().damage().ifPresent(warnings::remove);
    warnings.addAll(backups.troubles());
    return List.copyOf(warnings);
  }

  @Override
  public Optional<Instant> lastVerifiedBackup() {
    return backups.lastVerified();
  }

  @Override
  public StoreCheck checkStore() {
    return upkeep.store().look();
  }

  @Override
  public void stop(StopMode mode) {
    lifecycle.stop(mode);
  }
}
