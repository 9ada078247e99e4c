package io.salvor.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A short run of a program, to ask it something.
///
/// @param succeeded whether it ended in time, with status 0
/// @param output the beginning of what it printed, on either stream
record ProgramRun(boolean succeeded, String output) {
  private static final int MOST_OUTPUT = 4096;

  /// Runs it, at most for so long. Its output goes to a file, so that one that prints without end
  /// is ended all the same.
  static ProgramRun of(List<String> command, Map<String, String> variables, Duration most)
      throws IOException {
    Path output = Files.createTempFile("salvor-asks", ".out");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().clear();
      builder.environment().putAll(variables);
      builder.directory(Path.of("/").toFile());
      builder.redirectInput(Path.of("/dev/null").toFile());
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      Process process = builder.start();
      boolean ended = awaitEnd(process, most);
      return new ProgramRun(ended && process.exitValue() == 0, beginning(output));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static boolean awaitEnd(Process process, Duration most) {
    try {
      return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String beginning(Path output) throws IOException {
    try (InputStream in = Files.newInputStream(output)) {
      return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
    }
  }
}
