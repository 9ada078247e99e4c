package io.salvor.process.protocol;

import io.salvor.domain.agent.Protocol;
import io.salvor.process.text.Excerpts;

/// The protocols that are known. Immutable.
public final class AgentProtocols {
  private final ClaudeProtocol claude;
  private final CommandProtocol command;

  /// @param prices for what a run has used so far, where the agent has not told the cost itself
  /// @param root whether agents run as the superuser, whom some refuse their widest permissions
  public AgentProtocols(Excerpts excerpts, PriceList prices, boolean root) {
    this.claude = new ClaudeProtocol(excerpts, prices, root);
    this.command = new CommandProtocol(excerpts);
  }

  /// The one named.
  public AgentProtocol of(Protocol protocol) {
    return switch (protocol) {
      case CLAUDE -> claude;
      case COMMAND -> command;
    };
  }
}
