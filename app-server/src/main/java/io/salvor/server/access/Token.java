package io.salvor.server.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The bearer token that calls over TCP need. Made once, readable by the owner of the home alone.
public final class Token {
  private static final int BYTES = 32;

  private final byte[] value;

  private Token(String value) {
    this.value = value.getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads the token, or makes it.
  public static Token in(Path file) throws IOException {
    if (!Files.exists(file)) {
      var random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      var owner =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Path made = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(made);
      Files.createFile(made, owner);
      Files.writeString(
          made, HexFormat.of().formatHex(random), StandardOpenOption.TRUNCATE_EXISTING);
      Files.move(made, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
    return new Token(Files.readString(file).strip());
  }

  /// Whether an `authorization` header carries it; takes the same time for any wrong one.
  boolean isIn(String header) {
    String prefix = "Bearer ";
    return header.startsWith(prefix)
        && MessageDigest.isEqual(
            header.substring(prefix.length()).strip().getBytes(StandardCharsets.UTF_8), value);
  }
}
