package io.salvor.process;

import io.salvor.process.lab.CodexCli;

/// How Codex ends.
final class CodexEndingsTest extends EndingsContract {
  CodexEndingsTest() {
    super(new CodexCli());
  }

  @Override
  String ending(Fate fate) {
    return switch (fate) {
      case CLEAN, LINE_OF_600_MB, INVALID_UTF_8 -> "result_event × success";
      // it does not tell what its sandbox refused: that is a result like another to the model
      case TOOL_DENIED -> "result_event × success";
      case HTTP_401 -> "result_event × provider_auth";
      case HTTP_429 -> "result_event × provider_rate_limited";
      case HTTP_529 -> "result_event × provider_overloaded";
      case SIGTERM, SIGKILL -> "stream_eof_fallback × killed_by_signal";
      case SIGINT -> "stream_eof_fallback × subprocess_exited_nonzero";
      case HANG -> "line_timeout × line_timeout";
      case UNKNOWN_SESSION -> "stream_eof_fallback × subprocess_exited_nonzero";
    };
  }
}
