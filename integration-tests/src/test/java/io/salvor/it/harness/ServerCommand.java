package io.salvor.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The command that starts a server as a child process.
///
/// Start-up is most of the time of the tests that kill servers, so classes are loaded from a cache
/// that one training run makes and that the JVM itself ignores once the jars have changed.
final class ServerCommand {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx256m",
          "-Xlog:disable",
          "--enable-native-access=ALL-UNNAMED");

  private static Optional<Path> cache = Optional.empty();

  private ServerCommand() {}

  static synchronized List<String> line() {
    if (cache.isEmpty()) {
      cache = Optional.of(trained());
    }
    return line("-XX:AOTCache=" + cache.get());
  }

  private static List<String> line(String flag) {
    var command = new ArrayList<String>();
    command.add(Places.java().toString());
    command.addAll(FLAGS);
    command.add(flag);
    command.addAll(
        List.of(
            "-cp",
            Places.serverJars() + "/*",
            "io.salvor.server.Main",
            "--listen",
            "127.0.0.1:0",
            "--http",
            "127.0.0.1:0"));
    return command;
  }

  private static Path trained() {
    try {
      Path made =
          Files.createDirectories(Places.kept()).resolve("server-" + fingerprint() + ".aot");
      if (!Files.exists(made)) {
        Path fresh = made.resolveSibling(made.getFileName() + ".new");
        train(fresh);
        Files.move(fresh, made);
      }
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void train(Path cache) throws IOException {
    Path home = Files.createTempDirectory("salvor-train");
    try {
      var builder = new ProcessBuilder(line("-XX:AOTCacheOutput=" + cache));
      builder.environment().put("SALVOR_HOME", home.toString());
      builder.environment().put("SALVOR_BACKUPS", home.resolve("backups").toString());
      builder.redirectErrorStream(true).redirectOutput(home.resolve("out").toFile());
      Process server = builder.start();
      Await.until("a server to train on", () -> ServerAddress.in(home).isPresent());
      server.destroy();
      if (!server.waitFor(2, TimeUnit.MINUTES)) {
        server.destroyForcibly();
        throw new IllegalStateException("the training run does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Folders.delete(home);
    }
  }

  private static String fingerprint() throws IOException {
    try (Stream<Path> jars = Files.list(Places.serverJars())) {
      var text = new StringBuilder();
      for (Path jar : jars.sorted().toList()) {
        text.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
      }
      return Integer.toHexString(text.toString().hashCode());
    }
  }
}
