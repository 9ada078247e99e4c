package io.salvor.domain.agent;

import java.util.List;

/// Output of one attempt that says something. Accepted only where the last accepted one ended;
/// output that says nothing is part of the batch after it.
///
/// @param from where the last batch ended
/// @param to offset after the last byte of the last whole line read
/// @param events at least one
public record OutputBatch(long from, long to, List<AgentEvent> events) {
  public OutputBatch {
    events = List.copyOf(events);
    if (to < from || events.isEmpty()) {
      throw new IllegalArgumentException(
          "a batch goes forward and says something: " + from + ", " + to);
    }
  }
}
