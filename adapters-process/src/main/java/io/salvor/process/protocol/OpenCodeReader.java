package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Terminal;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.ByteRange;
import io.salvor.process.text.Excerpts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Understands the JSON lines of OpenCode's `run`. Keyed on `type`, and what is not known says
/// nothing. There is no closing statement: the last step's end stands for it, and which one was the
/// last shows only at the end of all. After a step that packs its context together it goes on by
/// itself.
final class OpenCodeReader implements LineReader {
  private static final int MOST_DENIED = 50;

  private final Excerpts excerpts;
  private final Optional<String> model;
  private final Set<String> withheld;
  private final OpenCodeUsage usage;
  private final Set<String> denied = new LinkedHashSet<>();
  private String session = "";
  private String latestWords = "";
  private String messageWithCalls = "";
  private String lastMessage = "";
  private Optional<Terminal> closing = Optional.empty();

  /// @param model as asked for, `PROVIDER/MODEL`: the output names none
  /// @param withheld tools that the profile hides from the model
  OpenCodeReader(
      Excerpts excerpts, PriceList prices, Optional<String> model, Set<String> withheld) {
    this.excerpts = excerpts;
    this.model = model;
    this.withheld = withheld;
    this.usage = new OpenCodeUsage(prices, model);
  }

  @Override
  public List<AgentEvent> read(ByteRange at, String line) {
    if (line.isBlank()) {
      return List.of();
    }
    Optional<JsonNode> event = Json.object(line);
    if (event.isEmpty()) {
      return List.of(new AgentEvent.Unreadable(at, "not a JSON object"));
    }
    JsonNode it = event.get();
    JsonNode part = it.path("part");
    List<AgentEvent> events = new ArrayList<>(session(at, it));
    goOn(it, part);
    switch (Json.text(it, "type")) {
      case "text" -> events.addAll(text(at, part));
      case "tool_use" -> events.addAll(tool(at, part));
      case "step_finish" -> events.addAll(stepFinish(at, it, part));
      case "error" -> events.add(error(at, it.path("error")));
      default -> {}
    }
    return events;
  }

  /// Each line names the session; the first one tells it.
  private List<AgentEvent> session(ByteRange at, JsonNode it) {
    String named = excerpts.name(Json.text(it, "sessionID"));
    if (!session.isEmpty() || named.isEmpty()) {
      return List.of();
    }
    session = named;
    return List.of(new AgentEvent.SessionStarted(at, named, model.map(excerpts::name)));
  }

  /// What comes after a step that seemed to be the last one, in another message, takes its place.
  private void goOn(JsonNode it, JsonNode part) {
    String message = Json.text(part, "messageID");
    boolean works =
        switch (Json.text(it, "type")) {
          case "text", "tool_use", "step_start" -> true;
          default -> false;
        };
    if (works && own(it) && !message.equals(lastMessage)) {
      closing = Optional.empty();
    }
  }

  private boolean own(JsonNode it) {
    return excerpts.name(Json.text(it, "sessionID")).equals(session);
  }

  @Override
  public List<AgentEvent> end() {
    return closing.stream().map(AgentEvent.class::cast).toList();
  }

  private List<AgentEvent> text(ByteRange at, JsonNode part) {
    String text = Json.text(part, "text");
    if (text.isBlank()) {
      return List.of();
    }
    latestWords = excerpts.text(text);
    return List.of(new AgentEvent.Said(at, latestWords));
  }

  /// A call is told when it is over. One of a tool that the model was not offered comes as a call
  /// of the tool `invalid`.
  private List<AgentEvent> tool(ByteRange at, JsonNode part) {
    JsonNode state = part.path("state");
    messageWithCalls = Json.text(part, "messageID");
    String tool = Json.text(part, "tool");
    boolean invalid = tool.equals("invalid");
    String wanted = invalid ? Json.text(state.path("input"), "tool") : tool;
    if (invalid && withheld.contains(wanted) && denied.size() < MOST_DENIED) {
      denied.add(wanted);
    }
    String call = excerpts.name(Json.text(part, "callID"));
    boolean ok = !invalid && Json.text(state, "status").equals("completed");
    String output = Json.textOrJson(state.path("output"));
    String content = output.isEmpty() ? Json.textOrJson(state.path("error")) : output;
    String input = excerpts.input(Json.textOrJson(state.path("input")));
    return List.of(
        new AgentEvent.ToolCalled(at, call, excerpts.name(wanted), input),
        new AgentEvent.ToolReturned(
            at, call, ok, Excerpts.digest(content), excerpts.text(content)));
  }

  private List<AgentEvent> stepFinish(ByteRange at, JsonNode it, JsonNode part) {
    boolean own = own(it);
    String reason = Json.text(part, "reason");
    // some providers say `stop` beside a tool call, and OpenCode goes on
    boolean goesOn =
        reason.equals("tool-calls")
            || Json.text(part, "messageID").equals(messageWithCalls)
            || reason.equals("unknown");
    if (!own || goesOn) {
      return List.of(new AgentEvent.Used(at, usage.afterStep(part, own)));
    }
    usage.afterStep(part, true);
    boolean stopped = reason.equals("stop");
    lastMessage = Json.text(part, "messageID");
    closing =
        Optional.of(
            new Terminal(
                at,
                stopped ? Verdict.SUCCESS : Verdict.ERROR,
                stopped ? latestWords : excerpts.text("the model's last step ended with " + reason),
                List.copyOf(denied)));
    return List.of(new AgentEvent.Used(at, usage.closing()));
  }

  /// Its headers and its body may hold anything: only the message is told, and when to ask again.
  private AgentEvent error(ByteRange at, JsonNode error) {
    closing = Optional.empty();
    String message = Json.text(error.path("data"), "message");
    String name = Json.text(error, "name");
    return new Terminal(
        at,
        verdict(name, Json.count(error.path("data"), "statusCode")),
        excerpts.text(message.isEmpty() ? name : message),
        List.copyOf(denied),
        HttpVerdict.retryAfter(error.path("data").path("responseHeaders")));
  }

  private static Verdict verdict(String name, long status) {
    return switch (name) {
      case "ProviderAuthError" -> Verdict.PROVIDER_AUTH;
      case "ProviderModelNotFoundError" -> Verdict.MODEL_UNAVAILABLE;
      default -> HttpVerdict.of(status);
    };
  }
}
