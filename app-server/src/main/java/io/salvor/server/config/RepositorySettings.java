package io.salvor.server.config;

import io.salvor.server.config.ServerConfig.BadConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.toml.TomlMapper;

/// What a repository says itself in a `salvor.toml` at its root. It runs nothing until a person has
/// accepted the file by its hash.
///
/// @param hash SHA-256 in hex of the file
public record RepositorySettings(Path file, String hash, ProjectSettings settings) {
  private static final String NAME = "salvor.toml";
  private static final int MOST_BYTES = 64 << 10;

  /// Reads the file, if there is one.
  ///
  /// @param root of the repository
  /// @throws BadConfig where it says something that cannot be meant
  public static Optional<RepositorySettings> in(Path root) {
    Path file = root.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = bytes(file);
      var settings = ProjectSettings.of(new TomlMapper().readTree(bytes));
      return Optional.of(new RepositorySettings(file, hash(bytes), settings));
    } catch (IOException | JacksonException e) {
      throw new BadConfig(file + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new BadConfig(file + ": " + e.getMessage());
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try (var from = Files.newInputStream(file)) {
      byte[] bytes = from.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new BadConfig(file + " has more than " + MOST_BYTES + " bytes");
      }
      return bytes;
    }
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
