package io.salvor.cli.server;

import io.salvor.cli.session.Word;
import io.salvor.cli.session.Words;
import java.util.ArrayList;
import java.util.List;

/// Where a server is to listen, and for how long it is to run.
final class ListenOptions {
  private final Word<String> listen;
  private final Word<String> http;
  private final Word<Boolean> exitWhenIdle;

  ListenOptions(Words words) {
    this.listen =
        words.option(
            "--listen",
            "HOST:PORT",
            "gRPC over TCP (default: 127.0.0.1:9100; port 0 is any free one)");
    this.http =
        words.option(
            "--http",
            "HOST:PORT",
            "health and metrics (default: 127.0.0.1:9180; port 0 is any free one)");
    this.exitWhenIdle =
        words.flag(
            "--exit-when-idle",
            "end when no task is open that could go on by itself and no client is connected");
  }

  boolean exitsWhenIdle() {
    return exitWhenIdle.or(false);
  }

  /// As the server takes them.
  List<String> arguments() {
    return arguments("", "");
  }

  /// As the server takes them, with these addresses where no others were named.
  ///
  /// @param grpc empty for none
  /// @param usualHttp empty for none
  List<String> arguments(String grpc, String usualHttp) {
    List<String> arguments = new ArrayList<>();
    add("--listen=", listen.or(grpc), arguments);
    add("--http=", http.or(usualHttp), arguments);
    if (exitsWhenIdle()) {
      arguments.add("--exit-when-idle");
    }
    return arguments;
  }

  private static void add(String option, String value, List<String> arguments) {
    if (!value.isEmpty()) {
      arguments.add(option + value);
    }
  }
}
