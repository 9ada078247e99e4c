package io.salvor.domain.task;

import io.salvor.domain.agent.AgentEvent;
import java.util.List;

/// Keeps an agent that talks without end from filling the log: the flight recorder has every line,
/// the log what matters.
final class Flood {
  /// Events of an attempt from which on only those are recorded that decide something.
  static final int BEGINS = 20_000;

  private Flood() {}

  /// What of a batch is recorded; never nothing of something, since a record tells how far the
  /// output was read.
  static List<AgentEvent> recorded(Progress before, List<AgentEvent> events) {
    if (before.events() < BEGINS) {
      return events;
    }
    List<AgentEvent> telling = events.stream().filter(Flood::decides).toList();
    return telling.isEmpty() && !events.isEmpty() ? List.of(events.getLast()) : telling;
  }

  private static boolean decides(AgentEvent event) {
    return switch (event) {
      case AgentEvent.SessionStarted _,
          AgentEvent.Used _,
          AgentEvent.Asked _,
          AgentEvent.ReloadAsked _,
          AgentEvent.Terminal _ ->
          true;
      case AgentEvent.Said _,
          AgentEvent.ToolCalled _,
          AgentEvent.ToolReturned _,
          AgentEvent.ProviderRetry _,
          AgentEvent.Unreadable _ ->
          false;
    };
  }
}
