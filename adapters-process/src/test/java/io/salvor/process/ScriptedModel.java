package io.salvor.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A model endpoint on loopback that speaks Anthropic's messages as far as Claude Code needs: it
/// asks for one shell command after the other, then says its last words.
///
/// The turn it answers with is the number of tool results in the request, so that a request made
/// again gets the same answer.
final class ScriptedModel implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Map<String, Object> TEXT = Map.of("type", "text", "text", "");
  private static final Map<String, Object> LAST_WORDS =
      Map.of("type", "text_delta", "text", "All done.");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> commands;

  ScriptedModel(String... commands) throws IOException {
    this.commands = List.of(commands);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(200, -1);
      } else if (path.endsWith("/messages")) {
        stream(exchange, JSON.readTree(body));
      } else {
        send(exchange, "application/json", "{\"input_tokens\":100}");
      }
    }
  }

  private void stream(HttpExchange exchange, JsonNode request) throws IOException {
    int turn = toolResults(request);
    boolean tool = turn < commands.size() && !request.path("tools").isEmpty();
    StringBuilder events = new StringBuilder();
    event(
        events,
        "message_start",
        Map.of(
            "message",
            Map.of(
                "id",
                "msg_" + turn,
                "type",
                "message",
                "role",
                "assistant",
                "model",
                request.path("model").asString("m"),
                "content",
                List.of(),
                "usage",
                Map.of("input_tokens", 1000, "output_tokens", 1))));
    event(
        events,
        "content_block_start",
        Map.of("index", 0, "content_block", tool ? toolUse(turn) : TEXT));
    event(
        events,
        "content_block_delta",
        Map.of("index", 0, "delta", tool ? toolInput(commands.get(turn)) : LAST_WORDS));
    event(events, "content_block_stop", Map.of("index", 0));
    event(
        events,
        "message_delta",
        Map.of(
            "delta", Map.of("stop_reason", tool ? "tool_use" : "end_turn"),
            "usage", Map.of("output_tokens", 50)));
    event(events, "message_stop", Map.of());
    send(exchange, "text/event-stream", events.toString());
  }

  private static Map<String, Object> toolUse(int turn) {
    return Map.of("type", "tool_use", "id", "toolu_" + turn, "name", "Bash", "input", Map.of());
  }

  private static Map<String, Object> toolInput(String command) {
    return Map.of(
        "type",
        "input_json_delta",
        "partial_json",
        JSON.writeValueAsString(Map.of("command", command)));
  }

  private static int toolResults(JsonNode request) {
    int results = 0;
    for (JsonNode message : request.path("messages")) {
      for (JsonNode block : message.path("content")) {
        results += block.path("type").asString("").equals("tool_result") ? 1 : 0;
      }
    }
    return results;
  }

  private static void event(StringBuilder events, String type, Map<String, Object> fields) {
    Map<String, Object> event = new LinkedHashMap<>(fields);
    event.put("type", type);
    events.append("event: ").append(type).append("\ndata: ");
    events.append(JSON.writeValueAsString(event)).append("\n\n");
  }

  private static void send(HttpExchange exchange, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
