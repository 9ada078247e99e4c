package io.salvor.domain.recovery;

import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Task;
import java.util.List;
import java.util.Locale;

/// What is said to a person of two attempts that ended the same way, the second of which was to go
/// on with the first.
final class BothDiagnoses {
  private BothDiagnoses() {}

  /// @throws java.util.NoSuchElementException where there are no two
  static String of(Task task) {
    List<PastAttempt> attempts = task.attempts();
    PastAttempt first = attempts.get(attempts.size() - 2);
    PastAttempt second = attempts.getLast();
    Row before = Matrix.row(Symptoms.of(task, attempts.subList(0, attempts.size() - 1)));
    return "Attempts "
        + first.ref().number()
        + " and "
        + second.ref().number()
        + " ended the same way, with "
        + second.ending().reason().label()
        + " ("
        + second.ending().codepath().label()
        + "): a person should look at both.\n"
        + diagnosis(first)
        + " It was resumed by the row "
        + before.name()
        + ": "
        + before.why()
        + "\n"
        + diagnosis(second);
  }

  private static String diagnosis(PastAttempt attempt) {
    var left = attempt.workspace();
    return "Attempt "
        + attempt.ref().number()
        + " ("
        + attempt.mode().name().toLowerCase(Locale.ROOT)
        + "): "
        + attempt.ending().detail()
        + "; "
        + attempt.progress().toolCalls()
        + " tool calls"
        + attempt.progress().openTool().map(it -> ", the last one open: " + it.shown()).orElse("")
        + "; it left "
        + left.commitsAhead()
        + " commits and "
        + left.uncommittedFiles()
        + " uncommitted files.";
  }
}
