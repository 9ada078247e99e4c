package io.salvor.domain.agent;

/// How an agent speaks on its standard output.
public enum Protocol {
  /// Claude Code, `claude -p --output-format stream-json --verbose`.
  CLAUDE(false),
  /// Any program; may speak Salvor's own JSON lines.
  COMMAND(false),
  /// Codex, `codex exec --json`.
  CODEX(true),
  /// Gemini CLI, `gemini --output-format stream-json`.
  GEMINI(false),
  /// OpenCode, `opencode run --format json`.
  OPENCODE(false);

  private final boolean totalsSpanSession;

  Protocol(boolean totalsSpanSession) {
    this.totalsSpanSession = totalsSpanSession;
  }

  /// Whether an agent that goes on with a session counts what that session had used before into its
  /// totals; otherwise they begin anew with each process.
  public boolean totalsSpanSession() {
    return totalsSpanSession;
  }
}
