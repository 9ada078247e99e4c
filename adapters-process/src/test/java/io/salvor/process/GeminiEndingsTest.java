package io.salvor.process;

import io.salvor.process.lab.GeminiCli;
import org.junit.jupiter.api.Order;

/// How Gemini CLI ends.
@Order(4)
final class GeminiEndingsTest extends EndingsContract {
  GeminiEndingsTest() {
    super(new GeminiCli());
  }

  @Override
  String ending(Fate fate) {
    return switch (fate) {
      case CLEAN, LINE_OF_600_MB, INVALID_UTF_8 -> "result_event × success";
      case TOOL_DENIED -> "result_event × permission_denied";
      case HTTP_401 -> "result_event × provider_auth";
      case HTTP_429 -> "result_event × provider_rate_limited";
      case HTTP_529 -> "result_event × provider_overloaded";
      // it exits with 0 then, and says nothing
      case SIGTERM, SIGINT -> "stream_eof_fallback × result_missing";
      case SIGKILL -> "stream_eof_fallback × killed_by_signal";
      case HANG -> "line_timeout × line_timeout";
      case UNKNOWN_SESSION -> "stream_eof_fallback × subprocess_exited_nonzero";
    };
  }
}
