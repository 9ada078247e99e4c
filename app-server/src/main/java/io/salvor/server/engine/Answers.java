package io.salvor.server.engine;

import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Task;
import java.util.stream.Collectors;

/// What agents asked on a task and people answered, as the next agent is told it.
final class Answers {
  private Answers() {}

  /// All of them, oldest first; empty where there are none.
  static String text(Task task) {
    String all =
        task.attempts().stream()
            .filter(past -> past.answer().isPresent())
            .map(Answers::exchange)
            .collect(Collectors.joining("\n"));
    return all.isEmpty() ? "" : "\n\nWhat was asked on this task before, and answered:\n\n" + all;
  }

  private static String exchange(PastAttempt past) {
    PastAttempt.Answer answer = past.answer().orElseThrow();
    return "Question (attempt %d):\n\n%s\nAnswer (%s):\n\n%s"
        .formatted(
            past.ref().number(),
            past.question().orElse("").strip().indent(2),
            answer.by(),
            answer.text().strip().indent(2));
  }
}
