package io.salvor.server.trace;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.task.Recorded;
import io.salvor.server.grpc.AttemptMessages;
import io.salvor.v1.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one agent said, as its turns and tool calls. Used by one thread.
///
/// Claude tells of a turn with the turn's first words, and its tool calls come after; the others
/// tell of it when it is over.
final class AgentSpans {
  private static final int SHOWN = 160;

  private final SpanTree tree;
  private final Span.Builder agent;
  private final boolean turnsToldFirst;
  private final Map<String, Span.Builder> open = new LinkedHashMap<>();

  /// Those that may belong to the turn that is told of next.
  private final List<Span.Builder> unclaimed = new ArrayList<>();

  private Optional<Span.Builder> turn = Optional.empty();
  private Usage told;
  private int turns;
  private Recorded last;
  private Recorded beforeLine;
  private Recorded turnBegan;
  private long line = -1;

  /// @param agent its span
  /// @param spawned the record of its start
  /// @param told what its session had told before
  AgentSpans(SpanTree tree, Span.Builder agent, Protocol protocol, Recorded spawned, Usage told) {
    this.tree = tree;
    this.agent = agent;
    this.turnsToldFirst = protocol == Protocol.CLAUDE;
    this.told = told;
    this.last = spawned;
    this.beforeLine = spawned;
    this.turnBegan = spawned;
  }

  /// Takes the next event.
  void take(Recorded recorded, AgentEvent event) {
    if (event.at().offset() != line) {
      line = event.at().offset();
      beforeLine = last;
      if (turnsToldFirst) {
        unclaimed.clear();
      }
    }
    last = recorded;
    switch (event) {
      case AgentEvent.SessionStarted started -> {
        agent.setSession(started.sessionId());
        started.model().ifPresent(agent::setModel);
      }
      case AgentEvent.ToolCalled called -> called(recorded, called);
      case AgentEvent.ToolReturned returned -> returned(recorded, returned);
      case AgentEvent.Used used -> used(recorded, used.total());
      case AgentEvent.Said _,
          AgentEvent.ProviderRetry _,
          AgentEvent.Asked _,
          AgentEvent.ReloadAsked _,
          AgentEvent.Terminal _,
          AgentEvent.Unreadable _ -> {}
    }
  }

  private void called(Recorded recorded, AgentEvent.ToolCalled called) {
    String parent = turn.orElse(agent).getSpanId();
    Span.Builder span =
        tree.begin(Span.Kind.TOOL, called.tool(), parent, recorded)
            .setAttempt(agent.getAttempt())
            .setCallId(called.callId())
            .setDetail(shown(called.input()));
    open.put(called.callId(), span);
    unclaimed.add(span);
  }

  private void returned(Recorded recorded, AgentEvent.ToolReturned returned) {
    Span.Builder call = open.remove(returned.callId());
    if (call == null) {
      return;
    }
    SpanTree.end(call, recorded, returned.ok() ? Span.Outcome.OK : Span.Outcome.FAILED);
    if (!returned.ok()) {
      call.setCause("tool_error");
    }
    turn.ifPresent(it -> SpanTree.end(it, recorded, Span.Outcome.OK));
  }

  /// The closing statement sums up and begins no turn: its total of turns may be another count.
  private void used(Recorded recorded, Usage total) {
    if (total.turns() > turns && total.source() != Usage.CostSource.RESULT) {
      turns = total.turns();
      Recorded first = turnsToldFirst ? beforeLine : turnBegan;
      Span.Builder span =
          tree.begin(Span.Kind.TURN, "turn " + turns, agent.getSpanId(), recorded)
              .setStartTime(SpanTree.time(first))
              .setAttempt(agent.getAttempt())
              .setModel(agent.getModel())
              .setUsage(AttemptMessages.usage(total.since(told)));
      SpanTree.end(span, recorded, Span.Outcome.OK);
      unclaimed.forEach(call -> call.setParentSpanId(span.getSpanId()));
      unclaimed.clear();
      turn = turnsToldFirst ? Optional.of(span) : Optional.empty();
      turnBegan = recorded;
    }
    told = told.highest(total);
  }

  private static String shown(String input) {
    String oneLine = input.replaceAll("\\s+", " ").strip();
    return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN - 1) + "…";
  }
}
