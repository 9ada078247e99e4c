package io.salvor.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where a server says that it listens.
///
/// @param grpc `HOST:PORT`
/// @param http `HOST:PORT`
public record ServerAddress(Path socket, String grpc, String http, long pid) {

  /// What stands in the home; may be of a server that is gone.
  public static Optional<ServerAddress> in(Path home) {
    Path file = home.resolve("run").resolve("address");
    try {
      Map<String, String> values = new HashMap<>();
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split("=", 2);
        values.put(parts[0], parts[1]);
      }
      return Optional.of(
          new ServerAddress(
              Path.of(values.getOrDefault("socket", "")),
              values.getOrDefault("grpc", ""),
              values.getOrDefault("http", ""),
              Long.parseLong(values.getOrDefault("pid", "0"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
