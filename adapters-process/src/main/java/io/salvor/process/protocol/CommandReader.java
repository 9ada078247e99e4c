package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.protocol.PriceList.Tokens;
import io.salvor.process.text.Excerpts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Understands the JSON lines of `docs/command-agent.md`: objects with a string field `salvor`.
/// Every other line is plain output and says nothing.
final class CommandReader implements LineReader {
  private static final String MARK = "\"salvor\"";
  private static final int MOST_TURNS = 1_000_000;

  private final Excerpts excerpts;

  CommandReader(Excerpts excerpts) {
    this.excerpts = excerpts;
  }

  @Override
  public List<AgentEvent> read(ByteRange at, String line) {
    String text = line.strip();
    if (!text.startsWith("{") || !text.contains(MARK)) {
      return List.of();
    }
    Optional<JsonNode> object = Json.object(text);
    if (object.isEmpty()) {
      return text.startsWith("{" + MARK)
          ? List.of(new AgentEvent.Unreadable(at, "begins like a Salvor line and is not JSON"))
          : List.of();
    }
    return object.get().path("salvor").isString() ? event(at, object.get()) : List.of();
  }

  private List<AgentEvent> event(ByteRange at, JsonNode it) {
    return switch (Json.text(it, "salvor")) {
      case "progress" -> List.of(new AgentEvent.Said(at, excerpts.text(Json.text(it, "text"))));
      case "session" -> session(at, it);
      case "tool_call" ->
          List.of(
              new AgentEvent.ToolCalled(
                  at,
                  excerpts.name(Json.textOrJson(it.path("id"))),
                  excerpts.name(Json.text(it, "tool")),
                  excerpts.input(Json.textOrJson(it.path("input")))));
      case "tool_result" -> List.of(toolResult(at, it));
      case "usage" -> List.of(new AgentEvent.Used(at, usage(it)));
      case "question" -> List.of(new AgentEvent.Asked(at, excerpts.text(Json.text(it, "text"))));
      case "reload" -> List.of(new AgentEvent.ReloadAsked(at));
      case "result" -> result(at, it);
      default -> List.of();
    };
  }

  private List<AgentEvent> session(ByteRange at, JsonNode it) {
    String id = Json.text(it, "id");
    if (id.isEmpty()) {
      return List.of(new AgentEvent.Unreadable(at, "a session line without an id"));
    }
    Optional<String> model =
        Optional.of(excerpts.name(Json.text(it, "model"))).filter(name -> !name.isEmpty());
    return List.of(new AgentEvent.SessionStarted(at, excerpts.name(id), model));
  }

  private AgentEvent toolResult(ByteRange at, JsonNode it) {
    String output = Json.textOrJson(it.path("output"));
    return new AgentEvent.ToolReturned(
        at,
        excerpts.name(Json.textOrJson(it.path("id"))),
        it.path("ok").asBoolean(true),
        Excerpts.digest(output),
        excerpts.text(output));
  }

  private static Usage usage(JsonNode it) {
    OptionalLong cost = Json.microUsd(it.path("cost_usd"));
    var tokens =
        new Tokens(
            Json.count(it, "input_tokens"),
            Json.count(it, "output_tokens"),
            Json.count(it, "cache_read_tokens"),
            Json.count(it, "cache_write_tokens"));
    return new Usage(
        tokens.input(),
        tokens.output(),
        tokens.cacheRead(),
        tokens.cacheWrite(),
        (int) Math.min(Json.count(it, "turns"), MOST_TURNS),
        cost.isPresent() ? Optional.of(new MicroUsd(cost.getAsLong())) : Optional.empty(),
        cost.isPresent() ? CostSource.ACCUMULATED : CostSource.UNKNOWN);
  }

  private List<AgentEvent> result(ByteRange at, JsonNode it) {
    Optional<Verdict> verdict = verdict(Json.text(it, "status"));
    if (verdict.isEmpty()) {
      return List.of(new AgentEvent.Unreadable(at, "a result line without a known status"));
    }
    List<String> denied =
        StreamSupport.stream(it.path("denied").spliterator(), false)
            .map(name -> excerpts.name(Json.textOrJson(name)))
            .limit(50)
            .toList();
    return List.of(
        new AgentEvent.Terminal(
            at,
            verdict.get(),
            excerpts.text(Json.text(it, "text")),
            denied,
            HttpVerdict.seconds(Json.textOrJson(it.path("retry_after_s")))));
  }

  private static Optional<Verdict> verdict(String status) {
    return switch (status) {
      case "success" -> Optional.of(Verdict.SUCCESS);
      case "error" -> Optional.of(Verdict.ERROR);
      case "cost_limit" -> Optional.of(Verdict.COST_LIMIT);
      case "turn_limit" -> Optional.of(Verdict.TURN_LIMIT);
      case "provider_auth" -> Optional.of(Verdict.PROVIDER_AUTH);
      case "provider_rate_limited" -> Optional.of(Verdict.PROVIDER_RATE_LIMITED);
      case "provider_outage" -> Optional.of(Verdict.PROVIDER_OUTAGE);
      case "provider_overloaded" -> Optional.of(Verdict.PROVIDER_OVERLOADED);
      case "model_unavailable" -> Optional.of(Verdict.MODEL_UNAVAILABLE);
      default -> Optional.empty();
    };
  }
}
