package io.salvor.process.lab;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// OpenAI's responses. Codex offers newer models no shell but a JavaScript interpreter from which
/// they call it.
final class OpenAiResponses implements Dialect {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public boolean answers(String path) {
    return path.endsWith("/responses");
  }

  @Override
  public int turn(JsonNode request) {
    int results = 0;
    for (JsonNode item : request.path("input")) {
      results += item.path("type").asString("").endsWith("_output") ? 1 : 0;
    }
    return results;
  }

  @Override
  public boolean offersTools(JsonNode request) {
    return true;
  }

  @Override
  public String stream(int turn, Turn it, JsonNode request) {
    Map<String, Object> response = Map.of("id", "resp_" + turn);
    return new Events()
        .add("response.created", Map.of("response", response))
        .add(
            "response.output_item.done",
            Map.of(
                "output_index", 0, "item", it.calls() ? call(turn, it, request) : words(turn, it)))
        .add(
            "response.completed",
            Map.of("response", Map.of("id", "resp_" + turn, "usage", usage())))
        .toString();
  }

  @Override
  public String failure(int status) {
    return "{\"error\":{\"type\":\"scripted\",\"message\":\"scripted\"}}";
  }

  private static Map<String, Object> words(int turn, Turn it) {
    return Map.of(
        "type",
        "message",
        "id",
        "m_" + turn,
        "role",
        "assistant",
        "content",
        List.of(Map.of("type", "output_text", "text", it.text())));
  }

  private static Map<String, Object> call(int turn, Turn it, JsonNode request) {
    if (!it.tool().isEmpty()) {
      return function(turn, it.tool(), it.input());
    }
    String arguments = JSON.writeValueAsString(Map.of("cmd", it.command()));
    boolean shell =
        request.path("tools").valueStream().anyMatch(tool -> name(tool).equals("exec_command"));
    return shell
        ? function(turn, "exec_command", arguments)
        : interpreted(turn, "text((await tools.exec_command(" + arguments + ")).output);");
  }

  private static Map<String, Object> function(int turn, String name, String arguments) {
    return Map.of(
        "type",
        "function_call",
        "id",
        "fc_" + turn,
        "call_id",
        "call_" + turn,
        "name",
        name,
        "arguments",
        arguments);
  }

  private static Map<String, Object> interpreted(int turn, String script) {
    return Map.of(
        "type",
        "custom_tool_call",
        "id",
        "ctc_" + turn,
        "call_id",
        "call_" + turn,
        "name",
        "exec",
        "input",
        script);
  }

  private static String name(JsonNode tool) {
    return tool.path("name").asString("");
  }

  private static Map<String, Object> usage() {
    return Map.of(
        "input_tokens",
        1000,
        "input_tokens_details",
        Map.of("cached_tokens", 200),
        "output_tokens",
        50,
        "output_tokens_details",
        Map.of("reasoning_tokens", 0),
        "total_tokens",
        1050);
  }
}
