package io.salvor.bench;

import io.salvor.v1.CheckStoreRequest;
import io.salvor.v1.InstanceServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/// A server that makes no backups of its own accord, and has looked through its store.
final class QuietServer {
  private QuietServer() {}

  /// Starts it and returns when nothing goes on in it.
  static ServerProcess start(Path home)
      throws IOException, InterruptedException, ExecutionException {
    ServerProcess server = ServerProcess.start(quiet(home));
    settle(server);
    return server;
  }

  /// A home whose servers make no backups of their own accord, and archive nothing.
  static Path quiet(Path home) throws IOException {
    Files.createDirectories(home);
    Files.writeString(
        home.resolve("config.toml"),
        """
        [backup]
        every = "off"
        segments = "off"
        [upkeep]
        archive_after = "off"
        """);
    return home;
  }

  /// Waits for the look that a server takes when it has begun to answer: one comes after another.
  static void settle(ServerProcess server) throws InterruptedException, ExecutionException {
    var check =
        server
            .client()
            .call(InstanceServiceGrpc.getCheckStoreMethod(), CheckStoreRequest.getDefaultInstance())
            .get()
            .getCheck();
    if (check.getProblemsCount() > 0) {
      throw new IllegalStateException("the store is not sound: " + check);
    }
  }
}
