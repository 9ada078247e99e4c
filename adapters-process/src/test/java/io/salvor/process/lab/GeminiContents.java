package io.salvor.process.lab;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Google's generated contents.
final class GeminiContents implements Dialect {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public boolean answers(String path) {
    return path.endsWith(":streamGenerateContent");
  }

  @Override
  public int turn(JsonNode request) {
    int results = 0;
    for (JsonNode content : request.path("contents")) {
      for (JsonNode part : content.path("parts")) {
        results += part.has("functionResponse") ? 1 : 0;
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
    Map<String, Object> content =
        Map.of("role", "model", "parts", List.of(it.calls() ? call(it) : words(it)));
    return new Events()
        .data(
            Map.of(
                "candidates",
                List.of(Map.of("index", 0, "content", content, "finishReason", "STOP")),
                "usageMetadata",
                Map.of(
                    "promptTokenCount", 1000,
                    "cachedContentTokenCount", 200,
                    "candidatesTokenCount", 40,
                    "thoughtsTokenCount", 10,
                    "totalTokenCount", 1050),
                "modelVersion",
                "gemini-2.5-pro"))
        .toString();
  }

  @Override
  public String failure(int status) {
    return "{\"error\":{\"code\":" + status + ",\"message\":\"scripted\",\"status\":\"SCRIPTED\"}}";
  }

  private static Map<String, Object> words(Turn it) {
    return Map.of("text", it.text());
  }

  private static Map<String, Object> call(Turn it) {
    Object input =
        it.tool().isEmpty() ? Map.of("command", it.command()) : JSON.readTree(it.input());
    String name = it.tool().isEmpty() ? "run_shell_command" : it.tool();
    return Map.of("functionCall", Map.of("name", name, "args", input));
  }
}
