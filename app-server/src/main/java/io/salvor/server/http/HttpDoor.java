package io.salvor.server.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A few pages over HTTP, for those who watch the server: to be read, and by anybody who reaches
/// the address.
public final class HttpDoor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpDoor.class);

  private final HttpServer server;
  private final Map<String, Supplier<Page>> pages;

  /// Listens at once.
  ///
  /// @param pages by path; each is made anew for every call, and must be quick
  public HttpDoor(InetSocketAddress address, Map<String, Supplier<Page>> pages) throws IOException {
    this.pages = Map.copyOf(pages);
    server = HttpServer.create(address, 0);
    server.setExecutor(
        Executors.newCachedThreadPool(Thread.ofPlatform().name("http-", 0).daemon().factory()));
    server.createContext("/", this::answer);
    server.start();
  }

  /// What is answered.
  public record Page(int status, String contentType, String body) {}

  /// Where it listens.
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Supplier<Page> page = pages.get(exchange.getRequestURI().getPath());
      if (page == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      send(exchange, page.get());
    } catch (RuntimeException e) {
      log.error("{} cannot be shown", exchange.getRequestURI(), e);
    }
  }

  private static void send(HttpExchange exchange, Page page) throws IOException {
    byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", page.contentType());
    exchange.sendResponseHeaders(page.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
