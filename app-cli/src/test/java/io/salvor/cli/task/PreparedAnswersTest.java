package io.salvor.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.v1.Answer;
import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import org.junit.jupiter.api.Test;

final class PreparedAnswersTest {
  private static final String FILE =
      """
      ? licence
      MIT.
      And say so in the README.
      ---
      the first
      ---

      ---
      the second
      """;

  private final PreparedAnswers answers = PreparedAnswers.parse(FILE);

  private static Task asking(String question, String... answered) {
    var task = Task.newBuilder().setState(Task.State.BLOCKED);
    for (String text : answered) {
      task.addAttempts(Attempt.newBuilder().setAnswer(Answer.newBuilder().setText(text)));
    }
    return task.addAttempts(Attempt.newBuilder().setQuestion(question)).build();
  }

  @Test
  void a_question_gets_the_first_answer_that_fits() {
    assertThat(answers.to(asking("Which LICENCE?"))).contains("MIT.\nAnd say so in the README.");
    assertThat(answers.to(asking("Which one?"))).contains("the first");
  }

  @Test
  void none_is_given_twice_also_by_a_run_that_is_gone_on_with() {
    assertThat(answers.to(asking("Which one?", "the first"))).contains("the second");
    assertThat(answers.to(asking("Which one?", "the first", "the second"))).isEmpty();
  }

  @Test
  void only_a_question_is_answered() {
    Task paused = asking("Which one?").toBuilder().setState(Task.State.PAUSED).build();
    assertThat(answers.to(paused)).isEmpty();
    assertThat(PreparedAnswers.NONE.to(asking("Which one?"))).isEmpty();
    assertThat(PreparedAnswers.parse("? only a question\n").to(asking("only a question?")))
        .isEmpty();
  }
}
