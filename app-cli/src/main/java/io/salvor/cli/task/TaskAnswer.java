package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Word;
import io.salvor.v1.AnswerTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Function;

/// Answers what the agent of a blocked task asked; the task goes on with that.
public final class TaskAnswer extends OnTask {
  private static final String USAGE = "salvor task answer TASK TEXT";

  private final Word<String> text =
      words.optional("TEXT", Function.identity(), "the answer; or -F");

  private final Word<String> file =
      words.option("-F --file", "FILE", "the answer from a file, or from standard input with -");

  private final Word<Long> budget = OnTasksToWorkOn.budget(words);
  private final WaitOptions wait = new WaitOptions(words);

  public TaskAnswer(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    if (text.said().isPresent() == file.said().isPresent()) {
      throw Failure.misuse("the answer is one word, quoted, or comes with -F", USAGE);
    }
    var request =
        AnswerTaskRequest.newBuilder()
            .setName(name())
            .setText(answer())
            .setRequestId(UUID.randomUUID().toString());
    budget.said().ifPresent(request::setBudgetMicroUsd);
    Task task = context().api().call(TaskServiceGrpc.getAnswerTaskMethod(), request.build());
    return new TaskReport(context()).after(task, wait);
  }

  private String answer() throws IOException {
    return text.said().isPresent()
        ? text.said().get()
        : new TextFile(context(), "answer").read(file.said().orElseThrow());
  }
}
