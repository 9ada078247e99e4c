package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import io.salvor.process.text.Excerpts;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The items of a Codex turn: what the model said, and its calls of tools. Not safe for use by many
/// threads.
final class CodexItems {
  private static final int MOST_DECLINED = 50;

  private final Excerpts excerpts;
  private final TreeSet<String> open = new TreeSet<>();
  private final TreeSet<String> declined = new TreeSet<>();
  private String lastMessage = "";

  CodexItems(Excerpts excerpts) {
    this.excerpts = excerpts;
  }

  /// What the model said last.
  String lastMessage() {
    return lastMessage;
  }

  /// Names of tools that were refused.
  List<String> declined() {
    return List.copyOf(declined);
  }

  List<AgentEvent> started(ByteRange at, JsonNode item) {
    return isTool(item) ? List.of(called(at, item)) : List.of();
  }

  List<AgentEvent> completed(ByteRange at, JsonNode item) {
    if (isTool(item)) {
      List<AgentEvent> events = new ArrayList<>();
      if (!open.remove(Json.text(item, "id"))) {
        events.add(called(at, item));
        open.remove(Json.text(item, "id"));
      }
      events.add(returned(at, item));
      return events;
    }
    return switch (Json.text(item, "type")) {
      case "agent_message" -> {
        lastMessage = Json.text(item, "text");
        yield said(at, lastMessage);
      }
      case "error" -> said(at, Json.text(item, "message"));
      default -> List.of();
    };
  }

  private List<AgentEvent> said(ByteRange at, String text) {
    return text.isBlank() ? List.of() : List.of(new AgentEvent.Said(at, excerpts.text(text)));
  }

  private static boolean isTool(JsonNode item) {
    return switch (Json.text(item, "type")) {
      case "command_execution", "file_change", "mcp_tool_call", "collab_tool_call", "web_search" ->
          true;
      default -> false;
    };
  }

  private AgentEvent called(ByteRange at, JsonNode item) {
    String id = Json.text(item, "id");
    open.add(id);
    return new AgentEvent.ToolCalled(
        at, excerpts.name(id), excerpts.name(tool(item)), excerpts.input(input(item)));
  }

  private AgentEvent returned(ByteRange at, JsonNode item) {
    String status = Json.text(item, "status");
    if (status.equals("declined") && declined.size() < MOST_DECLINED) {
      declined.add(excerpts.name(tool(item)));
    }
    String result = result(item);
    return new AgentEvent.ToolReturned(
        at,
        excerpts.name(Json.text(item, "id")),
        !status.equals("failed") && !status.equals("declined"),
        Excerpts.digest(result),
        excerpts.text(result));
  }

  private static String tool(JsonNode item) {
    String type = Json.text(item, "type");
    String tool = Json.text(item, "tool");
    if (tool.isEmpty()) {
      return type;
    }
    String server = Json.text(item, "server");
    return server.isEmpty() ? tool : server + "." + tool;
  }

  private static String input(JsonNode item) {
    return switch (Json.text(item, "type")) {
      case "command_execution" -> Json.text(item, "command");
      case "file_change" -> Json.textOrJson(item.path("changes"));
      case "mcp_tool_call" -> Json.textOrJson(item.path("arguments"));
      case "web_search" -> Json.text(item, "query");
      default -> rest(item);
    };
  }

  private static String result(JsonNode item) {
    return switch (Json.text(item, "type")) {
      case "command_execution" -> Json.text(item, "aggregated_output");
      case "mcp_tool_call" ->
          Json.textOrJson(item.path(item.path("error").isObject() ? "error" : "result"));
      case "collab_tool_call" -> rest(item);
      default -> Json.text(item, "status");
    };
  }

  /// The item without what every item has.
  private static String rest(JsonNode item) {
    return item instanceof ObjectNode object
        ? object.deepCopy().without(List.of("id", "type", "status")).toString()
        : "";
  }
}
