package io.salvor.simulator;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.RetryAfter;
import io.salvor.domain.agent.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What an agent is going to do, decided before it starts.
///
/// @param leavesChild whether a child of it outlives it
record Script(List<Act> acts, Leave leave, OnSignal onSignal, boolean leavesChild) {
  Script {
    acts = List.copyOf(acts);
  }

  /// When a provider wants to be asked again that wants fewer requests.
  static final Duration RETRY_AFTER = Duration.ofMinutes(7);

  /// One thing an agent does.
  enum Act {
    NAME_SESSION,
    SAY,
    CALL_TOOL,
    RETURN_FROM_TOOL,
    TELL_USAGE,
    TELL_MUCH_USAGE,
    WAIT_FOR_PROVIDER,
    ASK,
    ASK_FOR_RELOAD,
    GARBLE,
    SUCCEED,
    SUCCEED_WITH_DENIALS,
    REPORT_ERROR,
    REPORT_BAD_CREDENTIALS,
    REPORT_RATE_LIMIT,
    REPORT_OVERLOAD,
    REPORT_OUTAGE,
    REPORT_NO_MODEL,
    COMMIT,
    LEAVE_FILES
  }

  /// How it goes when it has done all that.
  enum Leave {
    STATUS_0,
    STATUS_1,
    BY_SIGNAL,
    OUT_OF_MEMORY,
    /// Stays, and says nothing more.
    NOT_AT_ALL
  }

  /// What it does when it is asked to end.
  enum OnSignal {
    DIE,
    /// Says that it succeeded, and leaves with status 0.
    CLAIM_SUCCESS,
    LEAVE_WITH_0,
    IGNORE
  }

  static Script drawnFrom(Dice dice, Protocol protocol, int strange) {
    return dice.perMille(strange) ? strange(dice) : decent(dice, protocol);
  }

  private static Script decent(Dice dice, Protocol protocol) {
    var acts = new ArrayList<Act>();
    boolean silent = protocol == Protocol.COMMAND && dice.below(2) == 0;
    if (!silent) {
      acts.add(Act.NAME_SESSION);
    }
    for (int i = dice.below(4); i > 0; i--) {
      acts.add(
          silent
              ? Act.COMMIT
              : dice.oneOf(List.of(Act.SAY, Act.CALL_TOOL, Act.TELL_USAGE, Act.COMMIT)));
    }
    if (dice.below(6) < 5) {
      acts.add(Act.COMMIT);
    }
    if (!silent) {
      acts.add(Act.TELL_USAGE);
      acts.add(Act.SUCCEED);
    }
    return new Script(acts, Leave.STATUS_0, OnSignal.DIE, false);
  }

  private static Script strange(Dice dice) {
    var acts = new ArrayList<Act>();
    for (int i = dice.below(8); i > 0; i--) {
      acts.add(dice.oneOf(List.of(Act.values())));
    }
    return new Script(
        acts,
        dice.oneOf(List.of(Leave.values())),
        dice.oneOf(List.of(OnSignal.values())),
        dice.below(4) == 3);
  }

  /// The event that an act shows as, at `at`; empty where it shows in the workspace alone.
  static Optional<AgentEvent> event(Act act, ByteRange at, Usage usage) {
    return Optional.ofNullable(
        switch (act) {
          case NAME_SESSION ->
              new AgentEvent.SessionStarted(at, "session-" + at.offset(), Optional.of("model"));
          case SAY -> new AgentEvent.Said(at, "on it");
          case CALL_TOOL -> new AgentEvent.ToolCalled(at, "call-1", "Bash", "make");
          case RETURN_FROM_TOOL ->
              new AgentEvent.ToolReturned(at, "call-1", true, "f".repeat(64), "done");
          case TELL_USAGE, TELL_MUCH_USAGE -> new AgentEvent.Used(at, usage);
          case WAIT_FOR_PROVIDER ->
              new AgentEvent.ProviderRetry(at, OptionalInt.of(529), Duration.ofSeconds(5));
          case ASK -> new AgentEvent.Asked(at, "Which one?");
          case ASK_FOR_RELOAD -> new AgentEvent.ReloadAsked(at);
          case GARBLE -> new AgentEvent.Unreadable(at, "not JSON");
          case SUCCEED -> new AgentEvent.Terminal(at, Verdict.SUCCESS, "done", List.of());
          case SUCCEED_WITH_DENIALS ->
              new AgentEvent.Terminal(at, Verdict.SUCCESS, "done", List.of("Bash"));
          case REPORT_ERROR -> new AgentEvent.Terminal(at, Verdict.ERROR, "no", List.of());
          case REPORT_BAD_CREDENTIALS ->
              new AgentEvent.Terminal(at, Verdict.PROVIDER_AUTH, "401", List.of());
          case REPORT_RATE_LIMIT ->
              new AgentEvent.Terminal(
                  at,
                  Verdict.PROVIDER_RATE_LIMITED,
                  "429",
                  List.of(),
                  Optional.of(new RetryAfter.In(RETRY_AFTER)));
          case REPORT_OVERLOAD ->
              new AgentEvent.Terminal(at, Verdict.PROVIDER_OVERLOADED, "529", List.of());
          case REPORT_OUTAGE ->
              new AgentEvent.Terminal(at, Verdict.PROVIDER_OUTAGE, "500", List.of());
          case REPORT_NO_MODEL ->
              new AgentEvent.Terminal(at, Verdict.MODEL_UNAVAILABLE, "404", List.of());
          case COMMIT, LEAVE_FILES -> null;
        });
  }

  /// What an agent has used after one more telling of it.
  static Usage more(Usage usage, Act act) {
    long micros = act == Act.TELL_MUCH_USAGE ? 3_000_000 : 200_000;
    long cost = usage.cost().map(MicroUsd::value).orElse(0L) + micros;
    return new Usage(
        usage.inputTokens() + 100,
        usage.outputTokens() + 50,
        0,
        0,
        usage.turns() + 1,
        Optional.of(new MicroUsd(cost)),
        Usage.CostSource.ACCUMULATED);
  }
}
