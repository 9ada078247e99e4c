package io.salvor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// An [EchoServer] in a JVM of its own, and a connection to it.
///
/// @param client once the server listens
record EchoProcess(Process process, UnixClient client) implements AutoCloseable {

  static EchoProcess start(Path folder) throws IOException {
    Path socket = folder.resolve("echo.sock");
    Path log = folder.resolve("echo.out");
    Process process =
        Java.start(
            log,
            EchoServer.class.getName(),
            socket.toString(),
            folder.resolve("echo.db").toString());
    while (!Files.exists(socket)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the echo server ended: " + Files.readString(log));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return new EchoProcess(process, new UnixClient(socket));
  }

  @Override
  public void close() {
    client.close();
    Java.end(process);
  }
}
