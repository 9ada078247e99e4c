package io.salvor.domain.agent;

import java.util.Optional;
import java.util.SortedMap;

/// The programs of agents on this host. Safe for use by many threads.
public interface AgentPrograms {
  /// Where an agent's program is, by the PATH that the agent gets. Runs nothing.
  Optional<String> find(Agent agent);

  /// The variables that a launch so ordered gives the agent, but for the marks of an attempt.
  /// Values may be secret.
  SortedMap<String, String> environment(LaunchOrder order);

  /// Looks closer: runs the program to ask for its version, and looks for what it needs beside
  /// itself. Blocks, for half a minute at most.
  Installation check(Agent agent);
}
