package io.salvor.process.protocol;

import io.salvor.domain.agent.Protocol;
import io.salvor.process.text.Excerpts;

/// The protocols that are known. Immutable.
public final class AgentProtocols {
  private final ClaudeProtocol claude;
  private final CodexProtocol codex;
  private final CommandProtocol command;

  /// @param root whether agents run as the superuser, whom some refuse their widest permissions
  public AgentProtocols(Excerpts excerpts, boolean root) {
    this.claude = new ClaudeProtocol(excerpts, root);
    this.codex = new CodexProtocol(excerpts);
    this.command = new CommandProtocol(excerpts);
  }

  /// The one named.
  public AgentProtocol of(Protocol protocol) {
    return switch (protocol) {
      case CLAUDE -> claude;
      case CODEX -> codex;
      case COMMAND -> command;
    };
  }
}
