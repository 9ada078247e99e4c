package io.salvor.process;

import io.salvor.process.lab.ClaudeCli;
import io.salvor.process.lab.Turn;
import java.util.Set;
import org.junit.jupiter.api.Order;

/// How Claude Code ends.
@Order(5)
final class ClaudeEndingsTest extends EndingsContract {
  ClaudeEndingsTest() {
    super(new ClaudeCli());
  }

  /// What is disallowed by name it does not even offer; what is not allowed it refuses.
  @Override
  Turn denied() {
    return Turn.call("WebFetch", "{\"url\":\"http://127.0.0.1/\",\"prompt\":\"look\"}");
  }

  @Override
  String ending(Fate fate) {
    return switch (fate) {
      case CLEAN, LINE_OF_600_MB, INVALID_UTF_8 -> "result_event × success";
      case TOOL_DENIED -> "result_event × permission_denied";
      case HTTP_401 -> "result_event × provider_auth";
      case HTTP_429 -> "result_event × provider_rate_limited";
      case HTTP_529 -> "result_event × provider_overloaded";
      case SIGTERM, SIGKILL -> "stream_eof_fallback × killed_by_signal";
      // it exits with 0 then, and mostly says nothing
      case SIGINT -> "stream_eof_fallback × result_missing";
      case HANG -> "line_timeout × line_timeout";
      case UNKNOWN_SESSION -> "result_event × result_reported_error";
    };
  }

  /// Interrupted between two of its steps, it still says that it came to nothing.
  @Override
  Set<String> endings(Fate fate) {
    return fate == Fate.SIGINT
        ? Set.of(ending(fate), "result_event × result_reported_error")
        : super.endings(fate);
  }
}
