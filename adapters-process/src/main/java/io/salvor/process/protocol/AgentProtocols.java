package io.salvor.process.protocol;

import io.salvor.domain.agent.Protocol;
import io.salvor.process.text.Excerpts;
import java.io.IOException;
import java.nio.file.Path;

/// The protocols that are known. Immutable.
public final class AgentProtocols {
  private final ClaudeProtocol claude;
  private final CodexProtocol codex;
  private final CommandProtocol command;
  private final GeminiProtocol gemini;
  private final OpenCodeProtocol openCode;

  /// @param root whether agents run as the superuser, whom some refuse their widest permissions
  /// @param run folder for the files that some agents are started with
  /// @throws IOException if they cannot be written
  public AgentProtocols(Excerpts excerpts, boolean root, Path run) throws IOException {
    this.claude = new ClaudeProtocol(excerpts, root);
    this.codex = new CodexProtocol(excerpts);
    this.command = new CommandProtocol(excerpts);
    this.gemini = new GeminiProtocol(excerpts, GeminiPolicies.install(run));
    this.openCode = new OpenCodeProtocol(excerpts);
  }

  /// The one named.
  public AgentProtocol of(Protocol protocol) {
    return switch (protocol) {
      case CLAUDE -> claude;
      case CODEX -> codex;
      case COMMAND -> command;
      case GEMINI -> gemini;
      case OPENCODE -> openCode;
    };
  }
}
