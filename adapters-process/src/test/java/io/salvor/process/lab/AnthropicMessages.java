package io.salvor.process.lab;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Anthropic's messages.
final class AnthropicMessages implements Dialect {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Map<String, Object> TEXT = Map.of("type", "text", "text", "");

  @Override
  public boolean answers(String path) {
    return path.endsWith("/messages");
  }

  @Override
  public int turn(JsonNode request) {
    int results = 0;
    for (JsonNode message : request.path("messages")) {
      for (JsonNode block : message.path("content")) {
        results += block.path("type").asString("").equals("tool_result") ? 1 : 0;
      }
    }
    return results;
  }

  @Override
  public boolean offersTools(JsonNode request) {
    return !request.path("tools").isEmpty();
  }

  @Override
  public String stream(int turn, Turn it, JsonNode request) {
    boolean tool = it.calls();
    return new Events()
        .add("message_start", Map.of("message", begun(turn, request)))
        .add(
            "content_block_start",
            Map.of("index", 0, "content_block", tool ? toolUse(turn, it) : TEXT))
        .add("content_block_delta", Map.of("index", 0, "delta", tool ? input(it) : text(it)))
        .add("content_block_stop", Map.of("index", 0))
        .add(
            "message_delta",
            Map.of(
                "delta", Map.of("stop_reason", tool ? "tool_use" : "end_turn"),
                "usage", Map.of("output_tokens", 50)))
        .add("message_stop", Map.of())
        .toString();
  }

  @Override
  public String failure(int status) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"scripted\",\"message\":\"scripted\"}}";
  }

  private static Map<String, Object> begun(int turn, JsonNode request) {
    return Map.of(
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
        Map.of("input_tokens", 1000, "output_tokens", 1));
  }

  private static Map<String, Object> toolUse(int turn, Turn it) {
    String name = it.tool().isEmpty() ? "Bash" : it.tool();
    return Map.of("type", "tool_use", "id", "toolu_" + turn, "name", name, "input", Map.of());
  }

  private static Map<String, Object> input(Turn it) {
    return Map.of(
        "type",
        "input_json_delta",
        "partial_json",
        it.tool().isEmpty()
            ? JSON.writeValueAsString(Map.of("command", it.command()))
            : it.input());
  }

  private static Map<String, Object> text(Turn it) {
    return Map.of("type", "text_delta", "text", it.text());
  }
}
