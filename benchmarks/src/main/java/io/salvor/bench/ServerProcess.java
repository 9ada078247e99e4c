package io.salvor.bench;

import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.InstanceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A real Salvor server in a JVM of its own, and a connection to it.
final class ServerProcess implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Process process;
  private final UnixClient client;
  private final double startMillis;

  private ServerProcess(Process process, UnixClient client, double startMillis) {
    this.process = process;
    this.client = client;
    this.startMillis = startMillis;
  }

  /// Starts it and returns when it has answered a status.
  static ServerProcess start(Path home)
      throws IOException, InterruptedException, ExecutionException {
    Files.createDirectories(home);
    Path log = home.resolve("server.out");
    long began = System.nanoTime();
    Process process =
        Java.start(
            log,
            "io.salvor.server.Main",
            "--home=" + home,
            "--listen=127.0.0.1:0",
            "--http=127.0.0.1:0");
    Path address = home.resolve("run/address");
    while (!Files.exists(address)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the server ended: " + Files.readString(log));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    var client = new UnixClient(home.resolve("run/salvor.sock"));
    var _ = status(client);
    return new ServerProcess(process, client, (System.nanoTime() - began) / 1e6);
  }

  private static InstanceStatus status(UnixClient client)
      throws InterruptedException, ExecutionException {
    return client
        .call(InstanceServiceGrpc.getGetStatusMethod(), GetStatusRequest.getDefaultInstance())
        .get();
  }

  UnixClient client() {
    return client;
  }

  InstanceStatus status() throws InterruptedException, ExecutionException {
    return status(client);
  }

  /// From the start of the JVM to the first answer.
  double startMillis() {
    return startMillis;
  }

  /// What it holds of physical memory.
  double residentMebibytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024.0;
  }

  @Override
  public void close() {
    client.close();
    Java.end(process);
  }
}
