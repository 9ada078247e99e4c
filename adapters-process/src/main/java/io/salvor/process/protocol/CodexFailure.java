package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent.Verdict;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What Codex's typed reasons for a failed turn mean.
final class CodexFailure {
  private static final Map<String, Verdict> NAMED =
      Map.of(
          "unauthorized", Verdict.PROVIDER_AUTH,
          "usage_limit_exceeded", Verdict.PROVIDER_RATE_LIMITED,
          "session_budget_exceeded", Verdict.COST_LIMIT,
          "server_overloaded", Verdict.PROVIDER_OVERLOADED,
          "http_connection_failed", Verdict.PROVIDER_OUTAGE,
          "response_stream_connection_failed", Verdict.PROVIDER_OUTAGE,
          "response_stream_disconnected", Verdict.PROVIDER_OUTAGE,
          "response_too_many_failed_attempts", Verdict.PROVIDER_OUTAGE,
          "internal_server_error", Verdict.PROVIDER_OUTAGE);

  private CodexFailure() {}

  /// @param error with `codex_error_info`: a name, or an object that has one field of that name
  ///   with `http_status_code` in it
  static Verdict verdict(JsonNode error) {
    JsonNode info = error.path("codex_error_info");
    if (info.isString()) {
      return NAMED.getOrDefault(info.asString(), Verdict.ERROR);
    }
    for (Map.Entry<String, JsonNode> reason : info.properties()) {
      return byStatus(reason);
    }
    return Verdict.ERROR;
  }

  private static Verdict byStatus(Map.Entry<String, JsonNode> reason) {
    long status = Json.count(reason.getValue(), "http_status_code");
    return status == 0
        ? NAMED.getOrDefault(reason.getKey(), Verdict.ERROR)
        : HttpVerdict.of(status);
  }
}
