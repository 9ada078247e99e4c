package io.salvor.server.doctor;

import io.salvor.server.host.PortHolder;
import io.salvor.sqlite.HomeLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// The server's process, and where it listens.
final class ServerChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private ServerChecks() {}

  static List<Result> lock(Patient patient) throws IOException {
    List<Long> servers = patient.servers();
    if (servers.size() > 1) {
      return List.of(
          Result.fail(
              "several servers run on this home, since its lock was deleted: " + servers,
              "kill " + servers.getLast() + "  (the later one), then salvor restart"));
    }
    Optional<Long> written = HomeLock.holderOf(patient.home().root()).map(HomeLock.Holder::pid);
    Path run = patient.home().run();
    if (servers.isEmpty()) {
      if (Files.exists(run.resolve("pid")) || Files.exists(patient.home().address())) {
        return List.of(
            Result.warn(
                    "no server runs, but one that was killed has left what it wrote of itself"
                        + written.map(it -> " (process " + it + ")").orElse(""),
                    "salvor serve")
                .fixable(() -> {
                  Files.deleteIfExists(run.resolve("pid"));
                  Files.deleteIfExists(patient.home().address());
                }));
      }
      return List.of(Result.pass("no server runs"));
    }
    long pid = servers.getFirst();
    boolean lost =
        written.filter(it -> it == pid).isEmpty()
            || !Files.exists(patient.home().address())
            || !Files.exists(HomeLock.fileIn(patient.home().root()));
    return lost
        ? List.of(
            Result.warn(
                "process " + pid + " runs, but what it wrote of itself in " + run + " is gone",
                "salvor stop && salvor serve  (agents run on)"))
        : List.of(Result.pass("a server runs, process " + pid));
  }

  static List<Result> ports(Patient patient) throws IOException, InterruptedException {
    if (patient.serverRuns()) {
      return List.of(answering(patient));
    }
    var results = new ArrayList<Result>();
    for (String address : List.of(patient.config().listen(), patient.config().http())) {
      taken(address).ifPresent(results::add);
    }
    return results.isEmpty()
        ? List.of(
            Result.pass(
                patient.config().listen() + " and " + patient.config().http() + " are free"))
        : results;
  }

  private static Optional<Result> taken(String address) {
    int colon = address.lastIndexOf(':');
    int port = Integer.parseInt(address.substring(colon + 1));
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address.substring(0, colon)), port));
      return Optional.empty();
    } catch (IOException e) {
      Optional<PortHolder> holder = PortHolder.of(port);
      return Optional.of(
          Result.fail(
              address
                  + " is taken"
                  + holder.map(it -> " by " + it.text()).orElse(": " + e.getMessage()),
              "salvor serve --listen 127.0.0.1:0 --http 127.0.0.1:0"
                  + holder.map(it -> "  (or end it: kill " + it.pid() + ")").orElse("")));
    }
  }

  private static Result answering(Patient patient) throws IOException, InterruptedException {
    Optional<Properties> said = patient.address();
    String http = said.map(it -> it.getProperty("http", "")).orElse("");
    if (http.isEmpty()) {
      return Result.warn("nobody knows where the server listens", "salvor stop && salvor serve");
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://" + http + "/health"))
              .timeout(PATIENCE)
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Result.pass("the server answers at " + http)
          : Result.fail("the server is not well: " + answer.body().strip(), "salvor status");
    } catch (IOException e) {
      return Result.fail("the server does not answer at " + http + ": " + e, "salvor restart");
    }
  }

  static List<Result> sockets(Patient patient) throws IOException {
    Path socket = patient.home().socket(patient.environment());
    if (!Files.exists(socket)) {
      return List.of(
          patient.serverRuns()
              ? Result.fail(socket + " is gone", "salvor stop && salvor serve  (agents run on)")
              : Result.pass("there is none while no server runs"));
    }
    if (!patient.serverRuns()) {
      return List.of(
          Result.warn(socket + " was left by a server that was killed", "salvor serve")
              .fixable(() -> Files.deleteIfExists(socket)));
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return List.of(Result.pass(socket + " answers"));
    } catch (IOException e) {
      return List.of(Result.fail(socket + " does not answer: " + e.getMessage(), "salvor restart"));
    }
  }
}
