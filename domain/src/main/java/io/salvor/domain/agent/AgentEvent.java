package io.salvor.domain.agent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One thing an agent's output says, normalised and bounded; the raw line stays in the flight
/// recorder at `at`.
///
/// All text is redacted and at most [#MAX_TEXT] characters.
public sealed interface AgentEvent {
  /// The longest text in an event, in characters.
  int MAX_TEXT = 2_000;

  /// Where the raw line stands in the output.
  ByteRange at();

  /// The agent named its session.
  record SessionStarted(ByteRange at, String sessionId, Optional<String> model)
      implements AgentEvent {}

  /// The agent said something, or told how far it is.
  record Said(ByteRange at, String text) implements AgentEvent {}

  /// A tool call began.
  record ToolCalled(ByteRange at, String callId, String tool, String input) implements AgentEvent {}

  /// A tool call ended.
  ///
  /// @param resultDigest SHA-256 of the whole result, in hex
  record ToolReturned(ByteRange at, String callId, boolean ok, String resultDigest, String excerpt)
      implements AgentEvent {}

  /// Totals so far.
  record Used(ByteRange at, Usage total) implements AgentEvent {}

  /// The agent is waiting for its provider: output, but not progress.
  record ProviderRetry(ByteRange at, OptionalInt httpStatus, Duration delay)
      implements AgentEvent {}

  /// The agent needs an answer from a person and does not go on without.
  record Asked(ByteRange at, String question) implements AgentEvent {}

  /// The agent wants to be started again in the same session.
  record ReloadAsked(ByteRange at) implements AgentEvent {}

  /// The closing statement.
  ///
  /// @param deniedTools names of tools that the agent wanted and was not allowed
  /// @param retryAfter when its provider wants to be asked again, where that is told
  record Terminal(
      ByteRange at,
      Verdict verdict,
      String text,
      List<String> deniedTools,
      Optional<RetryAfter> retryAfter)
      implements AgentEvent {
    public Terminal {
      deniedTools = List.copyOf(deniedTools);
    }

    /// Where nothing is told of when to ask again.
    public Terminal(ByteRange at, Verdict verdict, String text, List<String> deniedTools) {
      this(at, verdict, text, deniedTools, Optional.empty());
    }
  }

  /// Bytes that could not be read as an event: too long, not JSON, not text.
  record Unreadable(ByteRange at, String why) implements AgentEvent {}

  /// What a closing statement says, from its typed fields.
  enum Verdict {
    SUCCESS,
    ERROR,
    COST_LIMIT,
    TURN_LIMIT,
    PROVIDER_AUTH,
    PROVIDER_RATE_LIMITED,
    PROVIDER_OUTAGE,
    PROVIDER_OVERLOADED,
    MODEL_UNAVAILABLE
  }
}
