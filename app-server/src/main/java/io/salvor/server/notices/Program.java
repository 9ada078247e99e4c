package io.salvor.server.notices;

import io.salvor.server.notices.Channel.NotDelivered;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a program for a bounded time; what it writes is thrown away.
record Program(List<String> command, Duration timeout, Map<String, String> variables) {

  /// Runs it to its end, which must be a good one.
  ///
  /// @param input what it finds on its standard input
  void run(String input) throws NotDelivered, InterruptedException {
    Process process = start();
    try {
      write(process, input);
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new NotDelivered(
            command.getFirst() + " did not end within " + timeout.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw new NotDelivered(command.getFirst() + " ended with status " + process.exitValue());
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() throws NotDelivered {
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().putAll(variables);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new NotDelivered("cannot run " + command.getFirst() + ": " + e.getMessage());
    }
  }

  /// A notice fits into a pipe: a program that does not read does not hold this up.
  private static void write(Process process, String input) {
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It need not read; its status says whether it did its work.
      return;
    }
  }
}
