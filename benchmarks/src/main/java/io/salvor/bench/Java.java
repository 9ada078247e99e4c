package io.salvor.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Other JVMs of this program's own Java and class path.
final class Java {
  static final String PROGRAM = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /// Flags with which the server runs.
  private static final List<String> SERVER_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private Java() {}

  /// Starts a server-like program; its output goes to `log`.
  static Process start(Path log, String... words) throws IOException {
    var command = new ArrayList<String>();
    command.add(PROGRAM);
    command.addAll(SERVER_FLAGS);
    command.add("-Dsalvor.logs=" + log.getParent());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(words));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // Not among the backups of whoever measures.
    builder.environment().put("SALVOR_BACKUPS", log.getParent() + "-backups");
    return builder.start();
  }

  /// Ends a process in an orderly way.
  static void end(Process process) {
    process.destroy();
    process.onExit().join();
  }
}
