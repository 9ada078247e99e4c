package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.RetryAfter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the answer of a model's provider means that an agent tells of.
final class HttpVerdict {
  private static final BigDecimal MOST = BigDecimal.valueOf(RetryAfter.MOST.toSeconds());

  private HttpVerdict() {}

  /// By the status; an error where it says nothing of the provider. Model APIs answer 404 where
  /// they lack the model.
  static Verdict of(long status) {
    return switch ((int) Math.min(status, 1_000)) {
      case 401, 403 -> Verdict.PROVIDER_AUTH;
      case 404 -> Verdict.MODEL_UNAVAILABLE;
      case 429 -> Verdict.PROVIDER_RATE_LIMITED;
      case 529 -> Verdict.PROVIDER_OVERLOADED;
      default -> status >= 500 && status <= 599 ? Verdict.PROVIDER_OUTAGE : Verdict.ERROR;
    };
  }

  /// The header of that name, in its two forms: seconds, or a date.
  ///
  /// @param headers with names in lower case
  static Optional<RetryAfter> retryAfter(JsonNode headers) {
    String told = Json.textOrJson(headers.path("retry-after"));
    Optional<RetryAfter> seconds = seconds(told);
    return seconds.isPresent() ? seconds : date(told);
  }

  /// A number of seconds; empty where it is none, or less than nothing.
  static Optional<RetryAfter> seconds(String text) {
    if (!text.matches("[0-9]{1,12}([.][0-9]{1,9})?")) {
      return Optional.empty();
    }
    BigDecimal seconds = new BigDecimal(text).min(MOST);
    return Optional.of(new RetryAfter.In(Duration.ofMillis(seconds.movePointRight(3).longValue())));
  }

  private static Optional<RetryAfter> date(String text) {
    try {
      return Optional.of(
          new RetryAfter.At(
              ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
