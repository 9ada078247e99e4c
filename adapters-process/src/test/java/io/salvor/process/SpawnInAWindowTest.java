package io.salvor.process;

import io.salvor.domain.agent.Launcher;
import org.junit.jupiter.api.BeforeAll;

/// What holds for all starts, of agents that have a window each.
final class SpawnInAWindowTest extends SpawnTest {
  @BeforeAll
  static void needsTmux() {
    Tmux.isThere();
  }

  @Override
  Launcher launcher() {
    return Launcher.TMUX;
  }

  @Override
  int races() {
    return 20;
  }
}
