package io.salvor.server.doctor;

import io.salvor.server.backup.BackupPlaces;
import io.salvor.server.backup.Vault;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.host.HomeServers;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The home that is looked at, and what it lives on.
///
/// @param config as it holds; the usual one where the file cannot be read
/// @param badConfig what is wrong with the file
/// @param servers processes that hold the home's lock
/// @param proc `/proc`
record Patient(
    Home home,
    ServerConfig config,
    Optional<String> badConfig,
    List<Long> servers,
    Map<String, String> environment,
    Instant now,
    Path proc) {

  static Patient of(Home home, Map<String, String> environment, Instant now) throws IOException {
    ServerConfig config = ServerConfig.DEFAULT;
    Optional<String> bad = Optional.empty();
    try {
      config = ServerConfig.read(home.config());
    } catch (ServerConfig.BadConfig e) {
      bad = Optional.of(String.valueOf(e.getMessage()));
    }
    return new Patient(
        home, config, bad, HomeServers.on(home.root()), environment, now, Path.of("/proc"));
  }

  boolean serverRuns() {
    return !servers.isEmpty();
  }

  /// When the server began that runs; empty where none does.
  Optional<Instant> serverBegan() {
    return servers.stream()
        .flatMap(it -> ProcessHandle.of(it).stream())
        .flatMap(it -> it.info().startInstant().stream())
        .findFirst();
  }

  Path database() {
    return StoreFiles.in(home.root()).database();
  }

  /// Whether there is a store, in whatever condition: none where its making was cut short.
  boolean hasStore() throws IOException {
    if (!Files.exists(database()) || Files.size(database()) == 0) {
      return false;
    }
    try (var copy = StoreCopy.open(database())) {
      return !copy.isHalfMade();
    }
  }

  Vault vault() {
    return BackupPlaces.of(config.backup().directory(), environment).of(home);
  }

  /// What the server says of where it listens; empty where none does.
  Optional<Properties> address() throws IOException {
    if (!Files.exists(home.address())) {
      return Optional.empty();
    }
    var said = new Properties();
    said.load(new StringReader(Files.readString(home.address())));
    return Optional.of(said);
  }
}
