package io.salvor.process.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A model endpoint on loopback that answers by a script, in the dialects that agent CLIs speak.
///
/// The turn it answers with is the number of tool results in the request, so that a request made
/// again gets the same answer; after the script's end it repeats the last turn.
public final class ScriptedModel implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<Dialect> DIALECTS =
      List.of(
          new AnthropicMessages(),
          new OpenAiResponses(),
          new GeminiContents(),
          new ChatCompletions());

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final List<Turn> script;
  private final List<AtomicInteger> failed;

  public ScriptedModel(List<Turn> script) throws IOException {
    this.script = List.copyOf(script);
    this.failed = script.stream().map(_ -> new AtomicInteger()).toList();
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /// One that has the agent run these commands and then says that all is done.
  public static ScriptedModel running(String... commands) throws IOException {
    List<Turn> script = new ArrayList<>(Arrays.stream(commands).map(Turn::run).toList());
    script.add(Turn.say("All done."));
    return new ScriptedModel(script);
  }

  /// `http://127.0.0.1:PORT`
  public String url() {
    return "http://" + address();
  }

  /// `127.0.0.1:PORT`
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// Waits until a request has come that is not going to be answered.
  public void awaitHanging() throws InterruptedException {
    hanging.await();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      Optional<Dialect> dialect = DIALECTS.stream().filter(it -> it.answers(path)).findFirst();
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(200, -1);
      } else if (dialect.isPresent()) {
        answer(exchange, dialect.get(), JSON.readTree(body));
      } else {
        send(exchange, 200, "application/json", "{\"input_tokens\":100}");
      }
    }
  }

  private void answer(HttpExchange exchange, Dialect dialect, JsonNode request) throws IOException {
    int number = Math.min(dialect.turn(request), script.size() - 1);
    Turn turn = dialect.offersTools(request) ? script.get(number) : Turn.say("ok");
    if (turn.status() != 0 && failed.get(number).getAndIncrement() < turn.failures()) {
      exchange.getResponseHeaders().set("retry-after", "0");
      send(exchange, turn.status(), "application/json", dialect.failure(turn.status()));
    } else if (turn.hangs()) {
      hanging.countDown();
      waitForTheEnd();
    } else {
      send(exchange, 200, "text/event-stream", dialect.stream(number, turn, request));
    }
  }

  private void waitForTheEnd() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
