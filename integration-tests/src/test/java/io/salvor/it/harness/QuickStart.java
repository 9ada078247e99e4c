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

/// The command that starts `salvor`, with caches of classes for it and for the servers that it
/// starts, made by a rehearsal as the launcher makes its own. Starting Java is most of what the
/// tests of commands do.
public final class QuickStart {
  /// For servers that do not live long enough for what is compiled at length.
  public static final String SERVER_OPTIONS = "-XX:TieredStopAtLevel=1";

  private static final String CACHE = "cli.aot";
  private static final String SERVER_CACHE = "server.aot";
  private static final String SERVER_JAR = "server/server.jar";

  private static Optional<Path> folder = Optional.empty();

  private QuickStart() {}

  /// What comes before the command's own words.
  public static List<String> command() {
    return command(folder(), "-XX:AOTCache=" + folder().resolve(CACHE), "Main");
  }

  /// Of use to a server with the [class path][#serverClassPath()] that the command line gives it.
  static Path serverCache() {
    return folder().resolve(SERVER_CACHE);
  }

  /// As the launcher makes it: the server in one jar.
  static String serverClassPath() {
    return folder().resolve(SERVER_JAR).toString();
  }

  private static synchronized Path folder() {
    if (folder.isEmpty()) {
      folder = Optional.of(rehearsed());
    }
    return folder.get();
  }

  private static List<String> command(Path caches, String cache, String program) {
    return List.of(
        Places.java().toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:CompileThresholdScaling=10",
        "-XX:-UsePerfData",
        "-Xlog:disable",
        "--enable-native-access=ALL-UNNAMED",
        cache,
        "-Dsalvor.java=" + Places.java(),
        "-Dsalvor.server.lib=" + caches.resolve(SERVER_JAR).getParent(),
        "-Dsalvor.version.dir=" + caches,
        "-cp",
        Places.cliJars() + "/*",
        "io.salvor.cli." + program);
  }

  /// Those of an older build are replaced.
  private static Path rehearsed() {
    try {
      Path caches = Places.kept().resolve("caches");
      Path madeOf = caches.resolve("made-of");
      String jars = fingerprint();
      if (!Files.exists(madeOf) || !Files.readString(madeOf).equals(jars)) {
        Folders.delete(Files.createDirectories(caches));
        rehearse(Files.createDirectories(caches));
        Files.writeString(madeOf, jars);
      }
      return caches;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rehearse(Path fresh) throws IOException {
    packServer(fresh.resolve(SERVER_JAR));
    Path home = Files.createTempDirectory("salvor-rehearsal");
    try {
      var command =
          new ArrayList<>(
              command(fresh, "-XX:AOTCacheOutput=" + fresh.resolve(CACHE), "Rehearsal"));
      command.add(fresh.resolve(SERVER_CACHE).toString());
      var builder = new ProcessBuilder(command).directory(home.toFile());
      builder.environment().put("SALVOR_HOME", home.toString());
      builder.redirectErrorStream(true).redirectOutput(home.resolve("out").toFile());
      Process rehearsal = builder.start();
      if (!rehearsal.waitFor(5, TimeUnit.MINUTES)) {
        rehearsal.destroyForcibly();
        throw new IllegalStateException("the rehearsal does not end");
      }
      if (!Files.exists(fresh.resolve(CACHE)) || !Files.exists(fresh.resolve(SERVER_CACHE))) {
        throw new IllegalStateException(
            "the rehearsal left no caches: " + Files.readString(home.resolve("out")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Folders.delete(home);
    }
  }

  private static void packServer(Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    var command = new ArrayList<>(List.of(Places.java().toString(), "-XX:TieredStopAtLevel=1"));
    command.add(packer().toString());
    command.add(jar.toString());
    jars(Places.serverJars()).forEach(it -> command.add(it.toString()));
    var packing = CommandLine.outcome(new ProcessBuilder(command).start());
    if (packing.status() != 0) {
      throw new IllegalStateException("the server cannot be packed: " + packing.err());
    }
  }

  /// Caches know their jars by path and time.
  private static String fingerprint() throws IOException {
    var text = new StringBuilder(Files.readString(packer()));
    for (Path folder : List.of(Places.cliJars(), Places.serverJars())) {
      for (Path jar : jars(folder)) {
        text.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
      }
    }
    return Integer.toHexString(text.toString().hashCode());
  }

  private static Path packer() {
    return Places.root().resolve("app-cli/src/main/launcher/OneJar.java");
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> it.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
