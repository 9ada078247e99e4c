package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.RetryAfter;
import io.salvor.process.text.Excerpts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Understands Claude Code's stream of JSON lines. Shapes drift between releases: keyed on `type`,
/// and what is not known says nothing.
final class ClaudeReader implements LineReader {
  /// The year 9999: a number beyond is no time.
  private static final long MOST_SECONDS = 253_402_300_800L;

  private final Excerpts excerpts;
  private final ClaudeUsage usage;

  /// What kind of error the CLI says it met, in a message that no model wrote; empty for none.
  private String apiError = "";

  /// What it last said that its provider answered, before it tried again; 0 for nothing since.
  private int retryStatus;

  /// When the limit of the plan ends that was met last.
  private Optional<RetryAfter> limitEnds = Optional.empty();

  ClaudeReader(Excerpts excerpts, PriceList prices) {
    this.excerpts = excerpts;
    this.usage = new ClaudeUsage(prices);
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
    return switch (Json.text(it, "type")) {
      case "system" -> system(at, it);
      case "assistant" -> assistant(at, it);
      case "user" -> user(at, it);
      case "result" -> result(at, it);
      case "rate_limit_event" -> {
        limits(it.path("rate_limit_info"));
        yield List.of();
      }
      default -> List.of();
    };
  }

  private List<AgentEvent> system(ByteRange at, JsonNode it) {
    return switch (Json.text(it, "subtype")) {
      case "init" -> {
        String session = Json.text(it, "session_id");
        Optional<String> model =
            Optional.of(excerpts.name(Json.text(it, "model"))).filter(name -> !name.isEmpty());
        yield session.isEmpty()
            ? List.of()
            : List.of(new AgentEvent.SessionStarted(at, excerpts.name(session), model));
      }
      case "api_retry" -> List.of(retry(at, it));
      default -> List.of();
    };
  }

  private AgentEvent retry(ByteRange at, JsonNode it) {
    int status = status(it, "error_status");
    retryStatus = status;
    double delay = it.path("retry_delay_ms").asDouble(0);
    return new AgentEvent.ProviderRetry(
        at,
        status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
        Duration.ofMillis(delay > 0 ? (long) Math.min(delay, 86_400_000) : 0));
  }

  /// The plan's limit was met, and it is told when it ends.
  private void limits(JsonNode info) {
    long resets = Json.count(info, "resetsAt");
    limitEnds =
        Json.text(info, "status").equals("rejected") && resets > 0 && resets < MOST_SECONDS
            ? Optional.of(new RetryAfter.At(Instant.ofEpochSecond(resets)))
            : Optional.empty();
  }

  private List<AgentEvent> assistant(ByteRange at, JsonNode it) {
    JsonNode message = it.path("message");
    apiError = Json.text(it, "error");
    retryStatus = apiError.isEmpty() ? 0 : retryStatus;
    List<AgentEvent> events = new ArrayList<>();
    for (JsonNode block : message.path("content")) {
      switch (Json.text(block, "type")) {
        case "text" -> {
          String text = Json.text(block, "text");
          if (!text.isBlank()) {
            events.add(new AgentEvent.Said(at, excerpts.text(text)));
          }
        }
        case "tool_use" ->
            events.add(
                new AgentEvent.ToolCalled(
                    at,
                    excerpts.name(Json.text(block, "id")),
                    excerpts.name(Json.text(block, "name")),
                    excerpts.input(Json.textOrJson(block.path("input")))));
        default -> {}
      }
    }
    boolean ownTurn = Json.text(it, "parent_tool_use_id").isEmpty();
    if (usage.add(message, ownTurn)) {
      events.add(new AgentEvent.Used(at, usage.soFar()));
    }
    return events;
  }

  private List<AgentEvent> user(ByteRange at, JsonNode it) {
    List<AgentEvent> events = new ArrayList<>();
    for (JsonNode block : it.path("message").path("content")) {
      if (Json.text(block, "type").equals("tool_result")) {
        String content = Json.textOrJson(block.path("content"));
        events.add(
            new AgentEvent.ToolReturned(
                at,
                excerpts.name(Json.text(block, "tool_use_id")),
                !block.path("is_error").asBoolean(false),
                Excerpts.digest(content),
                excerpts.text(content)));
      }
    }
    return events;
  }

  private List<AgentEvent> result(ByteRange at, JsonNode it) {
    List<String> denied =
        StreamSupport.stream(it.path("permission_denials").spliterator(), false)
            .map(denial -> excerpts.name(Json.text(denial, "tool_name")))
            .filter(name -> !name.isEmpty())
            .distinct()
            .limit(50)
            .toList();
    String text = Json.text(it, "result");
    if (text.isEmpty()) {
      text = firstError(it);
    }
    Verdict verdict = verdict(it);
    Optional<RetryAfter> retryAfter =
        verdict == Verdict.PROVIDER_RATE_LIMITED ? limitEnds : Optional.empty();
    return List.of(
        new AgentEvent.Used(at, usage.closing(it)),
        new AgentEvent.Terminal(at, verdict, excerpts.text(text), denied, retryAfter));
  }

  private static String firstError(JsonNode it) {
    JsonNode errors = it.path("errors");
    return errors.isArray() && !errors.isEmpty()
        ? Json.textOrJson(errors.get(0))
        : Json.text(it, "subtype");
  }

  /// Neither `subtype: success` nor `is_error: false` alone means success; only both do.
  private Verdict verdict(JsonNode it) {
    String subtype = Json.text(it, "subtype");
    if (subtype.equals("success") && !it.path("is_error").asBoolean(true)) {
      return Verdict.SUCCESS;
    }
    if (subtype.equals("error_max_turns")) {
      return Verdict.TURN_LIMIT;
    }
    if (subtype.equals("error_max_budget_usd")) {
      return Verdict.COST_LIMIT;
    }
    int status = status(it, "api_error_status");
    return status == 0 ? byApiError() : HttpVerdict.of(status);
  }

  /// After it has given up on retries of an overload it names no status.
  private Verdict byApiError() {
    return switch (apiError) {
      case "authentication_failed" -> Verdict.PROVIDER_AUTH;
      case "rate_limit" -> Verdict.PROVIDER_RATE_LIMITED;
      case "overloaded" -> Verdict.PROVIDER_OVERLOADED;
      case "server_error" ->
          HttpVerdict.of(retryStatus) == Verdict.PROVIDER_OVERLOADED
              ? Verdict.PROVIDER_OVERLOADED
              : Verdict.PROVIDER_OUTAGE;
      case "model_not_found" -> Verdict.MODEL_UNAVAILABLE;
      default -> Verdict.ERROR;
    };
  }

  private static int status(JsonNode it, String field) {
    long status = Json.count(it, field);
    return status >= 100 && status <= 999 ? (int) status : 0;
  }
}
