package io.salvor.cli.session;

import io.salvor.cli.wire.GrpcConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Finds the server and connects to it: the one named, or the home's own by its socket, or by TCP
/// where that cannot be.
final class Dialer {
  private final Context context;

  Dialer(Context context) {
    this.context = context;
  }

  /// @param patience how long to try
  GrpcConnection dial(Duration patience) {
    Optional<String> named = context.server();
    if (named.isPresent()) {
      return overTcp(named.get(), patience);
    }
    Home home = context.home();
    Optional<Home.Address> said = home.address();
    String socket = said.map(Home.Address::socket).orElse("");
    Path path = socket.isEmpty() ? home.usualSocket() : Path.of(socket);
    if (Files.exists(path)) {
      try {
        return GrpcConnection.open(
            UnixDomainSocketAddress.of(path), metadata(Optional.empty()), patience);
      } catch (UnsupportedOperationException noUnixSockets) {
        return overTcp(said.map(Home.Address::grpc).orElse(""), patience);
      } catch (IOException nobody) {
        throw noServer("on " + path);
      }
    }
    String grpc = said.map(Home.Address::grpc).orElse("");
    if (grpc.isEmpty()) {
      throw noServer("in " + home.directory());
    }
    return overTcp(grpc, patience);
  }

  private Failure noServer(String where) {
    return new Failure(
        ExitCode.UNAVAILABLE, "NO_SERVER", "no server answers " + where, context.serveCommand());
  }

  private GrpcConnection overTcp(String address, Duration patience) {
    try {
      InetSocketAddress socket = TcpAddress.of(address);
      return GrpcConnection.open(socket, metadata(token(socket)), patience);
    } catch (NumberFormatException notAnAddress) {
      throw new Failure(
          ExitCode.USAGE,
          "INVALID",
          "not a server's address: '" + address + "'",
          "--server HOST:PORT");
    } catch (IOException | RuntimeException nobody) {
      if (nobody instanceof Failure failure) {
        throw failure;
      }
      throw noServer("on " + address);
    }
  }

  private Map<String, String> metadata(Optional<String> token) {
    String actor = context.actor();
    if (!actor.chars().allMatch(it -> it > 0x20 && it < 0x7f)) {
      throw new Failure(
          ExitCode.INVALID, "INVALID", "not an actor: '" + actor + "'", "SALVOR_ACTOR=user:NAME");
    }
    var metadata = new LinkedHashMap<String, String>();
    metadata.put("salvor-actor", actor);
    token.ifPresent(it -> metadata.put("authorization", "Bearer " + it));
    return metadata;
  }

  /// The one that was given, or the home's own; that is for nobody else, since whoever listens
  /// there could read it.
  private Optional<String> token(InetSocketAddress server) {
    Optional<String> given = context.surroundings().variable("SALVOR_TOKEN");
    if (given.isPresent()) {
      return given;
    }
    try {
      return isOfTheHome(server)
          ? Optional.of(Files.readString(context.home().tokenFile()).strip())
          : Optional.empty();
    } catch (IOException | Failure none) {
      return Optional.empty();
    }
  }

  private boolean isOfTheHome(InetSocketAddress server) {
    try {
      return context
          .home()
          .address()
          .filter(it -> TcpAddress.reaches(server, TcpAddress.of(it.grpc())))
          .isPresent();
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
