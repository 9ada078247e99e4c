package io.salvor.process.lab;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Chat completions, as many providers offer them.
final class ChatCompletions implements Dialect {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public boolean answers(String path) {
    return path.endsWith("/chat/completions");
  }

  @Override
  public int turn(JsonNode request) {
    int results = 0;
    for (JsonNode message : request.path("messages")) {
      results += message.path("role").asString("").equals("tool") ? 1 : 0;
    }
    return results;
  }

  @Override
  public boolean offersTools(JsonNode request) {
    return !request.path("tools").isEmpty();
  }

  @Override
  public String stream(int turn, Turn it, JsonNode request) {
    Map<String, Object> delta =
        it.calls()
            ? Map.of("role", "assistant", "tool_calls", List.of(call(turn, it)))
            : Map.of("role", "assistant", "content", it.text());
    String reason = it.calls() ? "tool_calls" : "stop";
    return new Events()
        .data(chunk(Map.of("index", 0, "delta", delta), Map.of()))
        .data(chunk(Map.of("index", 0, "delta", Map.of(), "finish_reason", reason), usage()))
        .toString();
  }

  @Override
  public String failure(int status) {
    return "{\"error\":{\"message\":\"scripted\"}}";
  }

  private static Map<String, Object> chunk(Map<String, Object> choice, Map<String, Object> usage) {
    return Map.of(
        "id",
        "chat",
        "object",
        "chat.completion.chunk",
        "created",
        1,
        "model",
        "scripted",
        "choices",
        List.of(choice),
        "usage",
        usage);
  }

  private static Map<String, Object> call(int turn, Turn it) {
    String arguments =
        it.tool().isEmpty()
            ? JSON.writeValueAsString(Map.of("command", it.command(), "description", "scripted"))
            : it.input();
    String name = it.tool().isEmpty() ? "bash" : it.tool();
    return Map.of(
        "index",
        0,
        "id",
        "call_" + turn,
        "type",
        "function",
        "function",
        Map.of("name", name, "arguments", arguments));
  }

  private static Map<String, Object> usage() {
    return Map.of(
        "prompt_tokens",
        1000,
        "prompt_tokens_details",
        Map.of("cached_tokens", 200),
        "completion_tokens",
        50,
        "total_tokens",
        1050);
  }
}
