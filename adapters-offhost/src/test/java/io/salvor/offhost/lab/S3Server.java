package io.salvor.offhost.lab;

import io.salvor.offhost.RemoteAddress;
import io.salvor.offhost.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// S3Proxy, a server that speaks S3 and checks signatures, in a process of its own over a folder.
public final class S3Server implements AutoCloseable {
  /// What its keys are called in the environment.
  public static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "anna", "AWS_SECRET_ACCESS_KEY", "not-guessed");

  private static final int STEP_MILLIS = 100;
  private static final int STEPS = 1_200;

  private final Process process;
  private final int port;

  private S3Server(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts it, with an empty bucket for each name.
  ///
  /// @param folder holds what it keeps
  public static S3Server start(Path folder, String... buckets)
      throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    for (String bucket : buckets) {
      Files.createDirectories(data.resolve(bucket));
    }
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path settings = folder.resolve("s3proxy.conf");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=aws-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        """
            .formatted(
                port, KEYS.get("AWS_ACCESS_KEY_ID"), KEYS.get("AWS_SECRET_ACCESS_KEY"), data));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                System.getProperty("salvor.s3proxy"),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    var server = new S3Server(process, port);
    server.await(folder);
    return server;
  }

  /// Until it answers anything at all.
  private void await(Path folder) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(endpoint())).build();
    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < STEPS; i++) {
        if (process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IOException(Files.readString(folder.resolve("s3proxy.log")));
        }
        try {
          client.send(request, HttpResponse.BodyHandlers.discarding());
          return;
        } catch (IOException e) {
          // not yet
        }
      }
    }
    throw new IOException("no answer from " + endpoint());
  }

  /// Where it listens.
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /// A place in one of its buckets.
  public RemoteAddress.S3 address(String bucket, String prefix) {
    return new RemoteAddress.S3(
        Optional.of(endpoint()),
        bucket,
        prefix,
        RemoteAddress.USUAL_REGION,
        RemoteAddress.USUAL_ACCESS_KEY,
        new Secret.Variable("AWS_SECRET_ACCESS_KEY"));
  }

  /// The same, as it is typed.
  public String url(String bucket, String prefix) {
    return String.join("", List.of("s3://", bucket, "/", prefix, "?endpoint=", endpoint()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
