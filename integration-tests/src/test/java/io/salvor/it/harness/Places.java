package io.salvor.it.harness;

import java.nio.file.Path;

/// Where the build put what is tested.
public final class Places {
  private Places() {}

  /// The root of the sources.
  public static Path root() {
    return property("salvor.root");
  }

  /// The folder of the server's jars.
  public static Path serverJars() {
    return property("salvor.server.lib");
  }

  /// The folder of the command line's jars.
  public static Path cliJars() {
    return property("salvor.cli.lib");
  }

  /// The API in one file, as the build made it.
  public static Path protoset() {
    return property("salvor.protoset");
  }

  /// The Java that runs the tests.
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /// Where tests may keep what the next run can use.
  public static Path kept() {
    return root().resolve("integration-tests").resolve("target");
  }

  private static Path property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("run this by Maven, or say -D" + name + "=...");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }

  /// Where the backups of a test's home lie.
  public static Path backupsOf(Path home) {
    return home.resolveSibling("backups");
  }
}
