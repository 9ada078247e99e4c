package io.salvor.process;

import io.salvor.process.lab.OpenCodeCli;
import org.junit.jupiter.api.Order;

/// How OpenCode ends.
@Order(2)
final class OpenCodeEndingsTest extends EndingsContract {
  OpenCodeEndingsTest() {
    super(new OpenCodeCli());
  }

  @Override
  String unknownSession() {
    return "ses_0123456789abcdefghijklmnop";
  }

  @Override
  String ending(Fate fate) {
    return switch (fate) {
      case CLEAN, LINE_OF_600_MB, INVALID_UTF_8 -> "result_event × success";
      case TOOL_DENIED -> "result_event × permission_denied";
      case HTTP_401 -> "result_event × provider_auth";
      case HTTP_429 -> "result_event × provider_rate_limited";
      case HTTP_529 -> "result_event × provider_overloaded";
      case SIGTERM, SIGINT, SIGKILL -> "stream_eof_fallback × killed_by_signal";
      case HANG -> "line_timeout × line_timeout";
      case UNKNOWN_SESSION -> "stream_eof_fallback × subprocess_exited_nonzero";
    };
  }
}
