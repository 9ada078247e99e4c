package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// Adds a task.
public final class TaskAdd extends SalvorCommand {
  private static final String USAGE =
      "salvor task add TITLE --agent command -- PROGRAM ARGUMENT...";

  private final Word<String> title = words.required("TITLE", Function.identity(), "one line");
  private final Word<List<String>> command =
      words.rest("COMMAND", "after --: an ad hoc command as the agent");
  private final Word<String> project =
      words.option("--project", "DIR", "the repository (default: that of the current directory)");

  private final SpecWords spec = new SpecWords(words);

  private final Word<List<String>> gates =
      words.repeated(
          "--gate",
          "COMMAND",
          "must pass on its work, besides the project's own gates; repeatable");

  private final Word<Boolean> dispatch = words.flag("--dispatch", "dispatch it at once");

  private final WaitOptions wait = new WaitOptions(words);

  public TaskAdd(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException, IOException {
    checkWords();
    var request =
        CreateTaskRequest.newBuilder()
            .setTask(
                new AskedFor(context(), spec, USAGE)
                        .task(
                            title.or(""),
                            spec.brief(context()).orElse(""),
                            project.said(),
                            command.or(List.of()))
                        .toBuilder()
                        .addAllGates(gates.or(List.of())))
            .setDispatch(dispatch.or(false))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    Task task = context().api().call(TaskServiceGrpc.getCreateTaskMethod(), request);
    if (dispatch.or(false)) {
      spec.attach.mind(context(), task);
    }
    if (wait.wanted()) {
      return new TaskReport(context()).after(task, wait);
    }
    if (context().output() == Output.TEXT) {
      context().out().println(task.getDisplayId());
      new TaskReport(context()).mind(task);
      hint(task);
      return ExitCode.OK;
    }
    return new TaskReport(context()).line(task);
  }

  /// The id alone goes to standard output, for scripts; the rest is for a person.
  private void hint(Task task) {
    if (context().surroundings().errIsTerminal()) {
      String verb = dispatch.or(false) ? "watch" : "dispatch";
      context().err().println("next: salvor task " + verb + " " + task.getDisplayId());
    }
  }

  private void checkWords() {
    List<String> said = command.or(List.of());
    if (!said.isEmpty()
        && !words.spec().commandLine().getParseResult().originalArgs().contains("--")) {
      throw Failure.misuse(
          "what is '" + said.getFirst() + "'? An ad hoc command stands after --", USAGE);
    }
    spec.check();
    if (wait.wanted() && !dispatch.or(false)) {
      throw Failure.misuse("--wait without --dispatch would wait for ever", "--dispatch");
    }
  }
}
