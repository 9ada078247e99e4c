package io.salvor.simulator;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.OutputBatch;
import java.util.List;
import java.util.Optional;

/// Hands an agent's output over from where the log's last batch ended.
final class SimHandover {
  private final World world;
  private final SimAgent agent;
  private long offset;

  SimHandover(World world, SimAgent agent, long offset) {
    this.world = world;
    this.agent = agent;
    this.offset = offset;
  }

  boolean hasMore() {
    return offset < agent.length();
  }

  /// The next batch, of as many events as it happens to be.
  Optional<OutputBatch> next() {
    List<AgentEvent> left = agent.outputFrom(offset);
    if (left.isEmpty()) {
      return Optional.empty();
    }
    List<AgentEvent> events = left.subList(0, 1 + world.dice.below(left.size()));
    return Optional.of(new OutputBatch(offset, events.getLast().at().end(), events));
  }

  void taken(OutputBatch batch) {
    offset = batch.to();
  }
}
