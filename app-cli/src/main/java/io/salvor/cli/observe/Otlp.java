package io.salvor.cli.observe;

import io.salvor.cli.session.ProgramVersion;
import io.salvor.cli.text.Times;
import io.salvor.v1.Span;
import io.salvor.v1.Trace;
import io.salvor.v1.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A trace as OTLP's ExportTraceServiceRequest in its JSON encoding: ids in hex, enums as numbers,
/// 64-bit numbers as texts. What is about models follows the GenAI semantic conventions.
final class Otlp {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int INTERNAL = 1;
  private static final int CLIENT = 3;
  private static final int STATUS_OK = 1;
  private static final int STATUS_ERROR = 2;

  private final Trace trace;
  private final Ends ends;

  private Otlp(Trace trace) {
    this.trace = trace;
    this.ends = new Ends(trace, Ends.lastTold(trace));
  }

  /// The whole request.
  static String request(Trace trace) {
    return JSON.writeValueAsString(new Otlp(trace).request());
  }

  private ObjectNode request() {
    ObjectNode request = JSON.createObjectNode();
    ObjectNode resource = request.putArray("resourceSpans").addObject();
    new Attributes(resource.putObject("resource"))
        .text("service.name", "salvor")
        .text("service.version", ProgramVersion.read());
    ObjectNode scope = resource.putArray("scopeSpans").addObject();
    scope.putObject("scope").put("name", trace.getFormat()).put("version", ProgramVersion.read());
    ArrayNode spans = scope.putArray("spans");
    trace.getSpansList().forEach(span -> write(span, spans.addObject()));
    return request;
  }

  private void write(Span span, ObjectNode node) {
    node.put("traceId", trace.getTraceId()).put("spanId", span.getSpanId());
    if (!span.getParentSpanId().isEmpty()) {
      node.put("parentSpanId", span.getParentSpanId());
    }
    boolean calls = span.getKind() == Span.Kind.AGENT || span.getKind() == Span.Kind.TURN;
    node.put("name", name(span))
        .put("kind", calls ? CLIENT : INTERNAL)
        .put("startTimeUnixNano", nanos(Times.instant(span.getStartTime())))
        .put("endTimeUnixNano", nanos(ends.of(span)));
    attributes(span, new Attributes(node));
    status(span, node);
  }

  private String name(Span span) {
    return switch (span.getKind()) {
      case AGENT -> "invoke_agent " + trace.getAgent();
      case TURN -> ("chat " + span.getModel()).strip();
      case TOOL -> "execute_tool " + span.getName();
      case TASK -> trace.getDisplayId();
      default -> span.getName();
    };
  }

  private void attributes(Span span, Attributes attributes) {
    attributes
        .text("salvor.task", trace.getDisplayId())
        .text("salvor.kind", span.getKind().name().toLowerCase(Locale.ROOT))
        .text("salvor.outcome", span.getOutcome().name().toLowerCase(Locale.ROOT))
        .number("salvor.first_seq", span.getFirstSeq());
    if (span.getAttempt() > 0) {
      attributes.number("salvor.attempt", span.getAttempt());
    }
    if (span.getOutcome() == Span.Outcome.FAILED) {
      attributes.text("error.type", span.getCause());
    }
    switch (span.getKind()) {
      case TASK ->
          attributes
              .text("salvor.title", trace.getTitle())
              .text("salvor.project", trace.getProject());
      case AGENT ->
          ofModel("invoke_agent", span, attributes)
              .text("gen_ai.agent.name", trace.getAgent())
              .text("gen_ai.conversation.id", span.getSession());
      case TURN -> ofModel("chat", span, attributes);
      case TOOL ->
          attributes
              .text("gen_ai.operation.name", "execute_tool")
              .text("gen_ai.tool.name", span.getName())
              .text("gen_ai.tool.call.id", span.getCallId())
              .text("salvor.tool.input", span.getDetail());
      default -> {}
    }
    if (span.getUsage().hasCostMicroUsd()) {
      attributes.decimal(
          "salvor.cost_usd", BigDecimal.valueOf(span.getUsage().getCostMicroUsd(), 6));
    }
  }

  /// Tokens stand at turns and agents alone: a sum over all kinds would count them twice.
  private Attributes ofModel(String operation, Span span, Attributes attributes) {
    attributes.text("gen_ai.operation.name", operation);
    provider().ifPresent(it -> attributes.text("gen_ai.provider.name", it));
    attributes.text("gen_ai.request.model", span.getModel());
    if (span.hasUsage()) {
      Usage usage = span.getUsage();
      long cached = usage.getCacheReadTokens() + usage.getCacheWriteTokens();
      attributes
          .number("gen_ai.usage.input_tokens", usage.getInputTokens() + cached)
          .number("gen_ai.usage.output_tokens", usage.getOutputTokens())
          .number("gen_ai.usage.cache_read.input_tokens", usage.getCacheReadTokens())
          .number("gen_ai.usage.cache_creation.input_tokens", usage.getCacheWriteTokens());
    }
    return attributes;
  }

  /// As far as the protocol tells; an agent of one's own may speak it to another provider.
  private Optional<String> provider() {
    return switch (trace.getProtocol()) {
      case "claude" -> Optional.of("anthropic");
      case "codex" -> Optional.of("openai");
      case "gemini" -> Optional.of("gcp.gemini");
      default -> Optional.empty();
    };
  }

  private static void status(Span span, ObjectNode node) {
    switch (span.getOutcome()) {
      case OK -> node.putObject("status").put("code", STATUS_OK);
      case FAILED ->
          node.putObject("status").put("code", STATUS_ERROR).put("message", span.getDetail());
      case OPEN, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> {}
    }
  }

  private static String nanos(Instant at) {
    return Long.toString(
        Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano()));
  }

  /// A list of keys and values; texts that are empty are left out.
  private static final class Attributes {
    private final ArrayNode list;

    Attributes(ObjectNode owner) {
      list = owner.putArray("attributes");
    }

    Attributes text(String key, String value) {
      if (!value.isEmpty()) {
        value(key).put("stringValue", value);
      }
      return this;
    }

    Attributes number(String key, long value) {
      value(key).put("intValue", Long.toString(value));
      return this;
    }

    void decimal(String key, BigDecimal value) {
      value(key).put("doubleValue", value.doubleValue());
    }

    private ObjectNode value(String key) {
      return list.addObject().put("key", key).putObject("value");
    }
  }
}
