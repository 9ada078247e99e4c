package io.salvor.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Runs a program to its end.
public final class Shell {
  private Shell() {}

  /// What a program left behind.
  ///
  /// @param output standard output and standard error together
  public record Result(int status, String output) {}

  /// Runs it in `directory`.
  public static Result run(Path directory, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Runs it, and fails where it does.
  ///
  /// @return what it wrote, without white space around it
  public static String succeed(Path directory, String... command) {
    Result result = run(directory, List.of(command));
    if (result.status() != 0) {
      throw new AssertionError(List.of(command) + " ended with " + result);
    }
    return result.output().strip();
  }
}
