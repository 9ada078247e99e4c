package io.salvor.domain.agent;

import java.util.Optional;

/// The programs of agents on this host. Safe for use by many threads.
public interface AgentPrograms {
  /// Where an agent's program is, by the PATH that the agent gets. Runs nothing.
  Optional<String> find(Agent agent);

  /// Looks closer: runs the program to ask for its version, and looks for what it needs beside
  /// itself. Blocks, for half a minute at most.
  Installation check(Agent agent);
}
