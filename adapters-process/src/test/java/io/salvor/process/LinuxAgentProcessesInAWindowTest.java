package io.salvor.process;

import io.salvor.domain.agent.Launcher;
import org.junit.jupiter.api.BeforeAll;

/// The port's contract, of agents that have a window each.
final class LinuxAgentProcessesInAWindowTest extends LinuxAgentProcessesTest {
  @BeforeAll
  static void needsTmux() {
    Tmux.isThere();
  }

  @Override
  Launcher launcher() {
    return Launcher.TMUX;
  }
}
