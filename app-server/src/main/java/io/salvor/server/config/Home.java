package io.salvor.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/// Where everything of one instance lies. All folders are the owner's alone.
///
/// @param root absolute
public record Home(Path root) {

  static final String SECRETS = "secrets";

  /// The longest path of a Unix socket that Linux takes, without the closing zero.
  private static final int LONGEST_SOCKET_PATH = 107;

  /// The one named, `$SALVOR_HOME`, or `~/.salvor`.
  public static Home of(Optional<String> wanted, Map<String, String> environment) {
    String named = wanted.orElse(environment.getOrDefault("SALVOR_HOME", ""));
    Path root =
        named.isEmpty() ? Path.of(System.getProperty("user.home"), ".salvor") : Path.of(named);
    return new Home(root.toAbsolutePath().normalize());
  }

  /// Makes the folders that a server needs.
  public void create() throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    for (Path folder : new Path[] {root, run(), logs(), attempts(), secrets()}) {
      Files.createDirectories(folder, owner);
    }
  }

  /// What nobody else may see: keys of other hosts, the passphrase of backups.
  public Path secrets() {
    return root.resolve(SECRETS);
  }

  public Path run() {
    return root.resolve("run");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /// The flight recorders.
  public Path attempts() {
    return root.resolve("attempts");
  }

  public Path config() {
    return root.resolve("config.toml");
  }

  public Path token() {
    return run().resolve("token");
  }

  /// A small file that says where the server listens.
  public Path address() {
    return run().resolve("address");
  }

  /// The Unix socket: in the home, or, where that path is too long for one, under `XDG_RUNTIME_DIR`
  /// or the folder for temporary files, under a name that only this home has.
  public Path socket(Map<String, String> environment) throws IOException {
    Path usual = run().resolve("salvor.sock");
    if (usual.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
        <= LONGEST_SOCKET_PATH) {
      return usual;
    }
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    Path base =
        runtime.isEmpty() ? Path.of(System.getProperty("java.io.tmpdir")) : Path.of(runtime);
    Path folder = base.resolve("salvor-" + Integer.toHexString(root.toString().hashCode()));
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return folder.resolve("salvor.sock");
  }
}
