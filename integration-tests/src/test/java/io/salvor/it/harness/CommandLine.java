package io.salvor.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The `salvor` command in a process of its own, as a person or a script calls it.
///
/// @param home what `SALVOR_HOME` says
/// @param directory where it is called
/// @param actor what `SALVOR_ACTOR` says
public record CommandLine(Path home, Path directory, String actor) {

  /// What a command left behind.
  public record Outcome(int status, String out, String err) {}

  /// The same called by somebody else.
  public CommandLine as(String other) {
    return new CommandLine(home, directory, other);
  }

  /// Runs it to its end.
  public Outcome run(String... words) {
    return outcome(start(words));
  }

  /// Waits for a command's end.
  public static Outcome outcome(Process process) {
    try {
      process.getOutputStream().close();
      CompletableFuture<String> err =
          CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
      String out = read(process.getInputStream());
      return new Outcome(process.waitFor(), out, err.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Begins it, and waits for nothing.
  public Process start(String... words) {
    var command = new ArrayList<>(QuickStart.command());
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("SALVOR_HOME", home.toString());
    builder.environment().put("SALVOR_BACKUPS", Places.backupsOf(home).toString());
    builder.environment().put("SALVOR_ACTOR", actor);
    builder.environment().put("SALVOR_SERVER_JAVA_OPTS", QuickStart.SERVER_OPTIONS);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(java.io.InputStream from) {
    try (from) {
      return new String(from.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
