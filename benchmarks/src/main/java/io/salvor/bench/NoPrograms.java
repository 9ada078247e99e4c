package io.salvor.bench;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentPrograms;
import io.salvor.domain.agent.Installation;
import io.salvor.domain.agent.LaunchOrder;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A host without any agent's program.
final class NoPrograms implements AgentPrograms {
  @Override
  public Optional<String> find(Agent agent) {
    return Optional.empty();
  }

  @Override
  public SortedMap<String, String> environment(LaunchOrder order) {
    return new TreeMap<>();
  }

  @Override
  public Installation check(Agent agent) {
    return new Installation(Optional.empty(), Optional.empty(), List.of(), List.of());
  }
}
