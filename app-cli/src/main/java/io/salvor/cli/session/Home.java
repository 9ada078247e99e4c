package io.salvor.cli.session;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// The directory that a server and its commands share.
///
/// @param directory absolute
public record Home(Path directory) {

  /// Where a server says that it listens: `socket`, `grpc`, `http`, `pid`.
  public Path addressFile() {
    return directory.resolve("run/address");
  }

  /// Where a server listens unless its path is too long.
  public Path usualSocket() {
    return directory.resolve("run/salvor.sock");
  }

  /// What callers over TCP must know.
  public Path tokenFile() {
    return directory.resolve("run/token");
  }

  /// Where the log files are.
  public Path logs() {
    return directory.resolve("logs");
  }

  /// The settings.
  public Path configFile() {
    return directory.resolve("config.toml");
  }

  /// What the last server said of where it listens; empty where none did.
  public Optional<Address> address() {
    var said = new Properties();
    try (Reader reader = Files.newBufferedReader(addressFile(), StandardCharsets.UTF_8)) {
      said.load(reader);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new Failure(
          ExitCode.UNAVAILABLE,
          "ADDRESS_UNREADABLE",
          "cannot read " + addressFile() + ": " + unreadable.getMessage(),
          "");
    }
    return Optional.of(
        new Address(
            said.getProperty("socket", ""),
            said.getProperty("grpc", ""),
            said.getProperty("http", ""),
            pid(said.getProperty("pid", ""))));
  }

  private static long pid(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  /// Where a server listens; empty texts where it does not.
  ///
  /// @param pid of the server; 0 where it did not say
  public record Address(String socket, String grpc, String http, long pid) {}
}
