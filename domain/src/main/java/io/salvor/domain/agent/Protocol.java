package io.salvor.domain.agent;

/// How an agent speaks on its standard output.
public enum Protocol {
  /// Claude Code, `claude -p --output-format stream-json --verbose`.
  CLAUDE,
  /// Any program; may speak Salvor's own JSON lines.
  COMMAND,
  /// Gemini CLI, `gemini -o stream-json`.
  GEMINI,
  /// OpenCode, `opencode run --format json`.
  OPENCODE
}
