package io.salvor.it.clients;

import io.salvor.it.harness.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A client at work, and what it has printed so far. Thread-safe.
final class RunningClient implements AutoCloseable {
  private final Process process;
  private final Thread reader;
  private final List<String> lines = new ArrayList<>();

  private RunningClient(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("client-output").unstarted(this::read);
  }

  static RunningClient start(List<String> command, Map<String, String> environment) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      var client = new RunningClient(builder.start());
      client.reader.start();
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /// Waits for a line that begins so.
  void awaitLine(String beginning) {
    Await.until(
        "the client to say " + beginning,
        () -> {
          if (lines().stream().anyMatch(it -> it.startsWith(beginning))) {
            return true;
          }
          if (!process.isAlive()) {
            throw new AssertionError("the client ended: " + lines());
          }
          return false;
        });
  }

  /// Waits for its end.
  ///
  /// @return its exit status
  int awaitEnd() {
    try {
      if (!process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the client does not end; it said " + lines());
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
