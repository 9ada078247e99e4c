package io.salvor.domain.agent;

/// How an agent speaks on its standard output.
public enum Protocol {
  /// Claude Code, `claude -p --output-format stream-json --verbose`.
  CLAUDE,
  /// Any program; may speak Salvor's own JSON lines.
  COMMAND,
  /// Codex, `codex exec --json`.
  CODEX,
  /// Gemini CLI, `gemini --output-format stream-json`.
  GEMINI,
  /// OpenCode, `opencode run --format json`.
  OPENCODE;

  /// Whether an agent that goes on with a session counts what that session had used before into its
  /// totals; otherwise they begin anew with each process.
  public boolean totalsSpanSession() {
    return switch (this) {
      case CODEX -> true;
      case CLAUDE, COMMAND, GEMINI, OPENCODE -> false;
    };
  }

  /// Whether an agent tells its turns and tokens while it works; otherwise it may or may not.
  public boolean tellsUse() {
    return switch (this) {
      case CLAUDE, CODEX, GEMINI, OPENCODE -> true;
      case COMMAND -> false;
    };
  }

  /// Whether an agent may tell money itself; otherwise it tells tokens, and money is known as far
  /// as they have a price.
  public boolean tellsCost() {
    return switch (this) {
      case CLAUDE, COMMAND, OPENCODE -> true;
      case CODEX, GEMINI -> false;
    };
  }
}
