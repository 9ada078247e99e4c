package io.salvor.server.config;

import io.salvor.offhost.RemoteAddress;
import io.salvor.offhost.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What `[backup.targets.NAME]` in `config.toml` says: where else backups lie.
final class TargetSettings {
  private static final List<String> KEYS =
      List.of(
          "type",
          "path",
          "endpoint",
          "bucket",
          "prefix",
          "region",
          "access_key_env",
          "access_key_file",
          "secret_key_env",
          "secret_key_file",
          "host",
          "port",
          "user",
          "key_file",
          "known_hosts");

  private TargetSettings() {}

  private enum Type {
    DIRECTORY,
    S3,
    SFTP
  }

  /// All of them, by name.
  ///
  /// @param secrets folder that names of files are in which are no absolute paths
  static Map<String, RemoteAddress> of(Settings backup, Path secrets) {
    var targets = new TreeMap<String, RemoteAddress>();
    backup
        .tables("targets", KEYS)
        .forEach((name, table) -> {
          if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException(
                "backup.targets.\"" + name + "\" must be letters, digits, - and _");
          }
          targets.put(name, one(table, secrets));
        });
    return targets;
  }

  private static RemoteAddress one(Settings table, Path secrets) {
    return switch (table.oneOf("type", Type.class).orElseThrow(() -> missing(table, "type"))) {
      case DIRECTORY -> new RemoteAddress.Directory(absolute(table));
      case S3 ->
          new RemoteAddress.S3(
              table.text("endpoint"),
              required(table, "bucket"),
              RemoteAddress.trimmed(table.text("prefix").orElse("")),
              table.text("region").orElse(RemoteAddress.USUAL_REGION),
              secret(table, "access_key", RemoteAddress.USUAL_ACCESS_KEY, secrets),
              secret(table, "secret_key", RemoteAddress.USUAL_SECRET_KEY, secrets));
      case SFTP ->
          new RemoteAddress.Sftp(
              required(table, "host"),
              table.count("port").map(Math::toIntExact).orElse(RemoteAddress.USUAL_PORT),
              required(table, "user"),
              secrets.resolve(required(table, "key_file")),
              secrets.resolve(required(table, "known_hosts")),
              absolute(table).toString());
    };
  }

  private static Path absolute(Settings table) {
    Path path = Path.of(required(table, "path"));
    if (!path.isAbsolute()) {
      throw table.bad("path", "an absolute path");
    }
    return path;
  }

  private static Secret secret(Settings table, String key, Secret usual, Path secrets) {
    Optional<String> file = table.text(key + "_file");
    Optional<String> variable = table.text(key + "_env");
    if (file.isPresent()) {
      return new Secret.File(secrets.resolve(file.get()));
    }
    return variable.isPresent() ? new Secret.Variable(variable.get()) : usual;
  }

  private static String required(Settings table, String key) {
    return table.text(key).orElseThrow(() -> missing(table, key));
  }

  private static IllegalArgumentException missing(Settings table, String key) {
    return table.bad(
        key,
        switch (key) {
          case "type" -> "one of directory, s3, sftp";
          default -> "set";
        });
  }
}
