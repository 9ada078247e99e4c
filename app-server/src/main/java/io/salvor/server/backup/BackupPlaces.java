package io.salvor.server.backup;

import io.salvor.server.config.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where backups lie: a folder outside every home, with one folder in it for each.
///
/// @param root absolute; need not be there
public record BackupPlaces(Path root) {
  private static final int KEY_DIGITS = 12;

  /// `$SALVOR_BACKUPS`, what the configuration says, or `salvor/backups` among the user's data.
  public static BackupPlaces of(Optional<String> configured, Map<String, String> environment) {
    String named = environment.getOrDefault("SALVOR_BACKUPS", "");
    if (!named.isEmpty()) {
      return new BackupPlaces(Path.of(named).toAbsolutePath().normalize());
    }
    if (configured.isPresent()) {
      return new BackupPlaces(Path.of(configured.get()).toAbsolutePath().normalize());
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    String user = environment.getOrDefault("HOME", System.getProperty("user.home"));
    Path base = data.startsWith("/") ? Path.of(data) : Path.of(user, ".local/share");
    return new BackupPlaces(base.resolve("salvor/backups").toAbsolutePath().normalize());
  }

  /// The vault of a home. Its key comes from the home's path alone, so that a home that was lost
  /// and made again finds what it had.
  public Vault of(Home home) {
    return new Vault(root.resolve(key(home.root())));
  }

  /// The vault with this key.
  public Vault ofKey(String key) {
    return new Vault(root.resolve(key));
  }

  /// The keys of all homes that have backups here.
  public List<String> keys() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(it -> Files.exists(it.resolve(Vault.LINEAGES)))
          .map(it -> it.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new BackupFailed("cannot read " + root + ": " + e.getMessage(), "", e);
    }
  }

  static String key(Path home) {
    String name = String.valueOf(home.getFileName()).replaceAll("[^A-Za-z0-9_-]", "");
    return (name.isEmpty() ? "home" : name)
        + "-"
        + sha256(home.toString()).substring(0, KEY_DIGITS);
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
