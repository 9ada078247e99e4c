package io.salvor.cli.server;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a server is to listen, and for how long it is to run.
final class ListenOptions {
  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "gRPC over TCP (default: 127.0.0.1:9100; port 0 is any free one)")
  @Nullable String listen;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "health and metrics (default: 127.0.0.1:9180; port 0 is any free one)")
  @Nullable String http;

  @Option(
      names = "--exit-when-idle",
      description = "end when no task is open that could go on by itself")
  boolean exitWhenIdle;

  /// As the server takes them.
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (listen != null) {
      arguments.add("--listen=" + listen);
    }
    if (http != null) {
      arguments.add("--http=" + http);
    }
    if (exitWhenIdle) {
      arguments.add("--exit-when-idle");
    }
    return arguments;
  }
}
