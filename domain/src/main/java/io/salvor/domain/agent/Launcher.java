package io.salvor.domain.agent;

/// How an agent is started. In every case it is a process of its own that outlives the server.
public enum Launcher {
  /// With nobody watching.
  DETACHED,
  /// With a window of tmux that shows what it says. The agent ends when its window is closed, and
  /// the window closes when its agent ends.
  TMUX
}
