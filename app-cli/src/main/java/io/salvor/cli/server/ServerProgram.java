package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How the server is started: what the launcher says lies where, turned into a command.
public final class ServerProgram {
  /// What marks its command line.
  static final String MAIN_CLASS = "io.salvor.server.Main";

  private final Context context;

  public ServerProgram(Context context) {
    this.context = context;
  }

  /// The command that runs a server, in any directory.
  List<String> command(List<String> arguments) throws IOException {
    return command(MAIN_CLASS, arguments);
  }

  /// The command that runs another program of the server's, in any directory.
  List<String> offlineCommand(String mainClass, List<String> arguments) throws IOException {
    List<String> command = command(mainClass, arguments);
    command.add(1, "-Xlog:disable"); // standard output is for its answer alone
    return command;
  }

  private List<String> command(String mainClass, List<String> arguments) throws IOException {
    Path lib = Path.of(property("salvor.server.lib"));
    List<String> command = new ArrayList<>();
    command.add(property("salvor.java"));
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-UsePerfData");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    Path cache = Path.of(property("salvor.version.dir"), "server.aot");
    if (Files.isReadable(cache)) {
      command.add("-XX:AOTCache=" + cache);
      command.add("-Xlog:aot*=off,cds*=off");
    }
    context
        .surroundings()
        .variable("SALVOR_SERVER_JAVA_OPTS")
        .ifPresent(options -> command.addAll(List.of(options.trim().split("\\s+"))));
    command.add("-Dsalvor.version.dir=" + property("salvor.version.dir"));
    command.add("-cp");
    command.add(classPath(lib));
    command.add(mainClass);
    command.add("--home=" + context.home().directory());
    command.addAll(arguments);
    return command;
  }

  private static String classPath(Path lib) throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      return String.join(
          ":", files.map(Path::toString).filter(file -> file.endsWith(".jar")).sorted().toList());
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new Failure(
          ExitCode.FAILURE,
          "NO_LAUNCHER",
          "where the server's program lies is not known: " + name + " is not set",
          "start salvor by its launcher");
    }
    return value;
  }
}
