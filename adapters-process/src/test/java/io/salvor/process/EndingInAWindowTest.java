package io.salvor.process;

import io.salvor.domain.agent.Launcher;
import org.junit.jupiter.api.BeforeAll;

/// Z5 and Z6, of agents that have a window each.
final class EndingInAWindowTest extends EndingTest {
  @BeforeAll
  static void needsTmux() {
    Tmux.isThere();
  }

  @Override
  Launcher launcher() {
    return Launcher.TMUX;
  }
}
