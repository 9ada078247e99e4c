package io.salvor.records;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.RetryAfter;
import io.salvor.domain.agent.Usage;
import io.salvor.record.v1.CostSource;
import io.salvor.record.v1.Verdict;
import java.util.Optional;
import java.util.OptionalInt;

/// What an agent says, as it is stored.
final class EventValues {
  private static final Same<AgentEvent.Verdict, Verdict> VERDICT =
      Same.of(AgentEvent.Verdict.class, Verdict.class, "VERDICT_");
  private static final Same<Usage.CostSource, CostSource> COST_SOURCE =
      Same.of(Usage.CostSource.class, CostSource.class, "COST_SOURCE_");

  private EventValues() {}

  static io.salvor.record.v1.AgentEvent event(AgentEvent event) {
    var stored =
        io.salvor.record.v1.AgentEvent.newBuilder()
            .setOffset(event.at().offset())
            .setLength(event.at().length());
    switch (event) {
      case AgentEvent.SessionStarted started -> {
        var session = stored.getSessionStartedBuilder().setSessionId(started.sessionId());
        started.model().ifPresent(session::setModel);
      }
      case AgentEvent.Said said -> stored.getSaidBuilder().setText(said.text());
      case AgentEvent.ToolCalled called ->
          stored
              .getToolCalledBuilder()
              .setCallId(called.callId())
              .setTool(called.tool())
              .setInput(called.input());
      case AgentEvent.ToolReturned returned ->
          stored
              .getToolReturnedBuilder()
              .setCallId(returned.callId())
              .setOk(returned.ok())
              .setResultDigest(returned.resultDigest())
              .setExcerpt(returned.excerpt());
      case AgentEvent.Used used -> stored.setUsed(usage(used.total()));
      case AgentEvent.ProviderRetry retry -> {
        var waiting = stored.getProviderRetryBuilder().setDelay(Scalars.duration(retry.delay()));
        retry.httpStatus().ifPresent(waiting::setHttpStatus);
      }
      case AgentEvent.Asked asked -> stored.getAskedBuilder().setQuestion(asked.question());
      case AgentEvent.ReloadAsked _ -> stored.getReloadAskedBuilder();
      case AgentEvent.Terminal last -> stored.setTerminal(terminal(last));
      case AgentEvent.Unreadable unreadable ->
          stored.getUnreadableBuilder().setWhy(unreadable.why());
    }
    return stored.build();
  }

  static AgentEvent event(io.salvor.record.v1.AgentEvent stored) {
    var at = new ByteRange(stored.getOffset(), stored.getLength());
    return switch (stored.getEventCase()) {
      case SESSION_STARTED -> {
        var session = stored.getSessionStarted();
        yield new AgentEvent.SessionStarted(
            at,
            session.getSessionId(),
            session.hasModel() ? Optional.of(session.getModel()) : Optional.empty());
      }
      case SAID -> new AgentEvent.Said(at, stored.getSaid().getText());
      case TOOL_CALLED -> {
        var call = stored.getToolCalled();
        yield new AgentEvent.ToolCalled(at, call.getCallId(), call.getTool(), call.getInput());
      }
      case TOOL_RETURNED -> {
        var back = stored.getToolReturned();
        yield new AgentEvent.ToolReturned(
            at, back.getCallId(), back.getOk(), back.getResultDigest(), back.getExcerpt());
      }
      case USED -> new AgentEvent.Used(at, usage(stored.getUsed()));
      case PROVIDER_RETRY -> {
        var retry = stored.getProviderRetry();
        yield new AgentEvent.ProviderRetry(
            at,
            retry.hasHttpStatus() ? OptionalInt.of(retry.getHttpStatus()) : OptionalInt.empty(),
            Scalars.duration(retry.getDelay()));
      }
      case ASKED -> new AgentEvent.Asked(at, stored.getAsked().getQuestion());
      case RELOAD_ASKED -> new AgentEvent.ReloadAsked(at);
      case TERMINAL -> terminal(at, stored.getTerminal());
      case UNREADABLE -> new AgentEvent.Unreadable(at, stored.getUnreadable().getWhy());
      case EVENT_NOT_SET -> throw new Malformed("an event says something");
    };
  }

  private static io.salvor.record.v1.AgentEvent.Terminal terminal(AgentEvent.Terminal last) {
    var stored =
        io.salvor.record.v1.AgentEvent.Terminal.newBuilder()
            .setVerdict(VERDICT.stored(last.verdict()))
            .setText(last.text())
            .addAllDeniedTools(last.deniedTools());
    last.retryAfter()
        .ifPresent(it -> {
          switch (it) {
            case RetryAfter.In(var delay) -> stored.setRetryIn(Scalars.duration(delay));
            case RetryAfter.At(var time) -> stored.setRetryAt(Scalars.time(time));
          }
        });
    return stored.build();
  }

  private static Optional<RetryAfter> retryAfter(io.salvor.record.v1.AgentEvent.Terminal last) {
    return switch (last.getRetryAfterCase()) {
      case RETRY_IN -> Optional.of(new RetryAfter.In(Scalars.duration(last.getRetryIn())));
      case RETRY_AT -> Optional.of(new RetryAfter.At(Scalars.time(last.getRetryAt())));
      case RETRYAFTER_NOT_SET -> Optional.empty();
    };
  }

  private static AgentEvent.Terminal terminal(
      ByteRange at, io.salvor.record.v1.AgentEvent.Terminal last) {
    return new AgentEvent.Terminal(
        at,
        VERDICT.ours(last.getVerdict()),
        last.getText(),
        last.getDeniedToolsList(),
        retryAfter(last));
  }

  static io.salvor.record.v1.Usage usage(Usage usage) {
    var stored =
        io.salvor.record.v1.Usage.newBuilder()
            .setInputTokens(usage.inputTokens())
            .setOutputTokens(usage.outputTokens())
            .setCacheReadTokens(usage.cacheReadTokens())
            .setCacheWriteTokens(usage.cacheWriteTokens())
            .setTurns(usage.turns())
            .setCostSource(COST_SOURCE.stored(usage.source()));
    usage.cost().ifPresent(cost -> stored.setCostMicroUsd(cost.value()));
    return stored.build();
  }

  static Usage usage(io.salvor.record.v1.Usage stored) {
    return new Usage(
        stored.getInputTokens(),
        stored.getOutputTokens(),
        stored.getCacheReadTokens(),
        stored.getCacheWriteTokens(),
        stored.getTurns(),
        stored.hasCostMicroUsd()
            ? Optional.of(new MicroUsd(stored.getCostMicroUsd()))
            : Optional.empty(),
        COST_SOURCE.ours(stored.getCostSource()));
  }
}
