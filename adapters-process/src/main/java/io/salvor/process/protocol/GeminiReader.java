package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Terminal;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Usage;
import io.salvor.process.text.Excerpts;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/// Understands Gemini CLI's stream of JSON lines. Keyed on `type`, and what is not known says
/// nothing.
final class GeminiReader implements LineReader {
  private static final int MOST_DENIED = 50;
  private static final int MOST_OPEN = 1_000;

  private final Excerpts excerpts;
  private final Set<String> withheld;
  private final GeminiUsage usage;
  private final Map<String, String> toolsByCall = new LinkedHashMap<>();
  private final Set<String> denied = new LinkedHashSet<>();
  private final Speech speech;

  private final BiFunction<String, Instant, GeminiChat> chats;
  private Optional<GeminiChat> chat = Optional.empty();
  private Usage told = Usage.NONE;
  private ByteRange latest = new ByteRange(0, 0);
  private boolean closed;

  /// The error that nothing but the result has followed.
  private Optional<String> latestError = Optional.empty();

  /// @param withheld tools that the profile hides from the model, which then says that there is no
  ///   such tool
  /// @param chats the CLI's own record of a session, for what is said in it from an instant on
  GeminiReader(
      Excerpts excerpts,
      PriceList prices,
      Set<String> withheld,
      BiFunction<String, Instant, GeminiChat> chats) {
    this.excerpts = excerpts;
    this.withheld = withheld;
    this.usage = new GeminiUsage(prices);
    this.speech = new Speech(excerpts);
    this.chats = chats;
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
    latest = at;
    return switch (Json.text(it, "type")) {
      case "init" -> init(at, it);
      case "message" -> message(at, it);
      case "tool_use" -> toolUse(at, it);
      case "tool_result" -> toolResult(at, it);
      case "error" -> error(at, it);
      case "result" -> result(at, it);
      default -> List.of();
    };
  }

  private List<AgentEvent> init(ByteRange at, JsonNode it) {
    String session = Json.text(it, "session_id");
    Optional<String> model =
        Optional.of(excerpts.name(Json.text(it, "model"))).filter(name -> !name.isEmpty());
    if (session.isEmpty()) {
      return List.of();
    }
    chat = begun(it).map(begun -> chats.apply(session, begun));
    return List.of(new AgentEvent.SessionStarted(at, excerpts.name(session), model));
  }

  private static Optional<Instant> begun(JsonNode it) {
    try {
      return Optional.of(Instant.parse(Json.text(it, "timestamp")));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// What it has used so far, where that is news.
  private List<AgentEvent> used(ByteRange at) {
    chat.ifPresent(it -> it.readInto(usage));
    Usage now = usage.soFar();
    if (now.equals(told)) {
      return List.of();
    }
    told = now;
    return List.of(new AgentEvent.Used(at, now));
  }

  /// The model's words come in pieces, which are told as one when something else follows. The
  /// prompt comes too, and says nothing.
  private List<AgentEvent> message(ByteRange at, JsonNode it) {
    if (!Json.text(it, "role").equals("assistant")) {
      return List.of();
    }
    latestError = Optional.empty();
    speech.add(at, Json.text(it, "content"));
    usage.modelSpoke();
    return used(at);
  }

  private List<AgentEvent> toolUse(ByteRange at, JsonNode it) {
    latestError = Optional.empty();
    String call = excerpts.name(Json.text(it, "tool_id"));
    String tool = excerpts.name(Json.text(it, "tool_name"));
    if (toolsByCall.size() < MOST_OPEN) {
      toolsByCall.put(call, tool);
    }
    usage.modelSpoke();
    List<AgentEvent> events = new ArrayList<>(speech.end());
    events.addAll(used(at));
    String input = excerpts.input(Json.textOrJson(it.path("parameters")));
    events.add(new AgentEvent.ToolCalled(at, call, tool, input));
    return events;
  }

  private List<AgentEvent> toolResult(ByteRange at, JsonNode it) {
    usage.modelWasAnswered();
    String call = excerpts.name(Json.text(it, "tool_id"));
    String tool = Optional.ofNullable(toolsByCall.remove(call)).orElse("a tool");
    boolean hidden =
        Json.text(it.path("error"), "type").equals("tool_not_registered")
            && withheld.contains(tool);
    boolean refused = Json.text(it.path("error"), "type").equals("policy_violation");
    if ((hidden || refused) && denied.size() < MOST_DENIED) {
      denied.add(tool);
    }
    String output = Json.textOrJson(it.path("output"));
    String content = output.isEmpty() ? Json.text(it.path("error"), "message") : output;
    List<AgentEvent> events = new ArrayList<>(speech.end());
    events.add(
        new AgentEvent.ToolReturned(
            at,
            call,
            Json.text(it, "status").equals("success"),
            Excerpts.digest(content),
            excerpts.text(content)));
    events.addAll(used(at));
    return events;
  }

  /// Not the end, though it may be told just before it.
  private List<AgentEvent> error(ByteRange at, JsonNode it) {
    String message = Json.text(it, "message");
    latestError = Optional.of(message);
    List<AgentEvent> events = new ArrayList<>(speech.end());
    events.add(new AgentEvent.Said(at, excerpts.text(message)));
    return events;
  }

  private List<AgentEvent> result(ByteRange at, JsonNode it) {
    List<AgentEvent> events = new ArrayList<>(speech.end());
    closed = true;
    chat.ifPresent(record -> record.readInto(usage));
    told = usage.soFar();
    events.add(new AgentEvent.Used(at, usage.closing(it.path("stats"))));
    String text = Json.text(it.path("error"), "message");
    events.add(
        new Terminal(
            at,
            verdict(it),
            excerpts.text(text.isEmpty() ? latestError.orElse(speech.latest()) : text),
            List.copyOf(denied)));
    return events;
  }

  /// What a run that was killed has said and used. Its totals are told again even where a line has
  /// told them: whoever heard that line before may not have heard what the chat said by now.
  @Override
  public List<AgentEvent> end() {
    List<AgentEvent> events = new ArrayList<>(speech.end());
    if (!closed) {
      told = Usage.NONE;
      events.addAll(used(latest));
    }
    return events;
  }

  /// A run that the CLI stopped for a loop says `success` after an `error`: success is only what
  /// follows the model's own last words.
  private Verdict verdict(JsonNode it) {
    if (Json.text(it, "status").equals("success")) {
      return latestError.isEmpty() ? Verdict.SUCCESS : Verdict.ERROR;
    }
    return switch (Json.text(it.path("error"), "type")) {
      case "FatalTurnLimitedError" -> Verdict.TURN_LIMIT;
      case "FatalAuthenticationError", "UnauthorizedError", "ForbiddenError" ->
          Verdict.PROVIDER_AUTH;
      case "RetryableQuotaError", "TerminalQuotaError" -> Verdict.PROVIDER_RATE_LIMITED;
      default -> Verdict.ERROR;
    };
  }
}
