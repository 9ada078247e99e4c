package io.salvor.cli.task;

import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Answers that were written before the questions came: `--answers FILE`.
///
/// Between two answers stands a line of three dashes. An answer whose first line is `? WORDS` is
/// only for a question that has these words in it; another is for any. A question gets the first
/// answer in the file that fits and was not given yet, and each is given once.
final class PreparedAnswers {
  static final PreparedAnswers NONE = new PreparedAnswers(List.of());

  private static final String BETWEEN = "(?m)^---[ \t]*$";

  private final List<Prepared> all;

  private PreparedAnswers(List<Prepared> all) {
    this.all = all;
  }

  /// @param about what the question must have in it; empty for any
  private record Prepared(String about, String text) {
    static Prepared of(String block) {
      String text = block.strip();
      if (!text.startsWith("?")) {
        return new Prepared("", text);
      }
      int end = text.indexOf('\n');
      return end < 0
          ? new Prepared(text.substring(1).strip(), "")
          : new Prepared(text.substring(1, end).strip(), text.substring(end).strip());
    }

    boolean fits(String question) {
      return question.toLowerCase(Locale.ROOT).contains(about.toLowerCase(Locale.ROOT));
    }
  }

  /// Reads the file's text; answers without a word in them count for nothing.
  static PreparedAnswers parse(String text) {
    return new PreparedAnswers(
        Arrays.stream(text.split(BETWEEN))
            .map(Prepared::of)
            .filter(it -> !it.text().isEmpty())
            .toList());
  }

  /// The answer to what the task's agent asks; empty where none fits.
  Optional<String> to(Task task) {
    if (task.getState() != Task.State.BLOCKED || task.getAttemptsCount() == 0) {
      return Optional.empty();
    }
    String question = task.getAttempts(task.getAttemptsCount() - 1).getQuestion();
    return left(task).stream().filter(it -> it.fits(question)).map(Prepared::text).findFirst();
  }

  /// Those that were not given yet. The task itself knows which were, so that a run that is gone on
  /// with gives none twice.
  private List<Prepared> left(Task task) {
    var left = new ArrayList<>(all);
    for (Attempt attempt : task.getAttemptsList()) {
      String given = attempt.getAnswer().getText();
      left.stream().filter(it -> it.text().equals(given)).findFirst().ifPresent(left::remove);
    }
    return left;
  }
}
