package io.salvor.server.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// `GET /health`: 200 while the server takes writes, 503 while it does not; a small JSON object
/// either way.
public final class HealthEndpoint implements AutoCloseable {
  private final HttpServer server;

  /// Listens at once.
  ///
  /// @param health asked for every call; must be quick
  public HealthEndpoint(InetSocketAddress address, Supplier<Health> health) throws IOException {
    server = HttpServer.create(address, 0);
    server.setExecutor(
        Executors.newCachedThreadPool(Thread.ofPlatform().name("http-", 0).daemon().factory()));
    server.createContext("/health", exchange -> answer(exchange, health.get()));
    server.start();
  }

  /// How the server is.
  public record Health(boolean ok, String version, long records) {
    String json() {
      return "{\"status\":\"%s\",\"version\":\"%s\",\"records\":%d}\n"
          .formatted(ok ? "ok" : "unavailable", version, records);
    }
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private static void answer(HttpExchange exchange, Health health) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/health")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = health.json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(health.ok() ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
