package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Signal;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.TaskNames;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.Recovery;
import io.salvor.v1.RunResult;
import io.salvor.v1.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Has a brief carried out, from making the task to where it needs a person or is over. Starts a
/// server where none runs.
public final class RunCommand extends SalvorCommand {
  private static final String USAGE = "salvor run \"BRIEF\" --agent command -- PROGRAM ARGUMENT...";
  private static final int LONGEST_TITLE = 200;

  private final Word<List<String>> positions =
      words.rest(
          "BRIEF [-- COMMAND...]", "what is to be done; after --, an ad hoc command as the agent");
  private final Word<String> project =
      words.option("--project", "DIR", "the repository (default: that of the current directory)");

  private final SpecWords spec = new SpecWords(words);

  private final Word<Integer> maxRestarts =
      words.option(
          "--max-restarts",
          "N",
          RunCommand::countOf,
          "start an agent that failed again at most so often, in its workspace (default: 3)");

  private final Word<List<Duration>> restartAfter =
      words.option(
          "--restart-after",
          "TIMES",
          Restarts::waitsOf,
          "how long to wait before each of them (default: 5s,10s,30s)");

  private final Word<String> answers =
      words.option(
          "--answers",
          "FILE",
          "answers to what the agent may ask, with a line of --- between two; see docs/headless.md");

  private final Word<String> goOnWith =
      words.option(
          "--continue", "TASK", TaskNames::parse, "go on with this task instead of making one");

  private final Word<String> requestId =
      words.option(
          "--request-id",
          "ID",
          "the same id with the same words within 24 h is the same run: its task is gone on with");

  private final RunLog log = new RunLog(context());
  private final RunCalls calls = new RunCalls(context(), log);
  private final RunResults results = new RunResults(context());

  public RunCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    var restarts =
        new Restarts(maxRestarts.or(Restarts.USUAL), restartAfter.or(Restarts.USUAL_WAITS));
    var run = new Run(context(), calls, log, restarts, prepared());
    Wanted wanted = wanted();
    try (var signal = new Signal()) {
      ExitCode exit = toItsEnd(run, wanted, signal);
      tell(results.of(run.task().orElse(Task.getDefaultInstance()), exit, restarts.done()));
      return exit;
    } catch (Failure failure) {
      if (context().output() != Output.TEXT) {
        tell(results.of(failure, run.task(), restarts.done()));
      }
      throw failure;
    }
  }

  private ExitCode toItsEnd(Run run, Wanted wanted, Signal signal) throws InterruptedException {
    try {
      wanted.begin(run);
      return run.follow();
    } catch (InterruptedException interrupted) {
      if (!signal.came()) {
        throw interrupted;
      }
      return run.cancel();
    }
  }

  private PreparedAnswers prepared() throws IOException {
    return answers.said().isEmpty()
        ? PreparedAnswers.NONE
        : PreparedAnswers.parse(new TextFile(context(), "answers").read(answers.said().get()));
  }

  private void tell(RunResult result) {
    log.result(result, () -> RunText.of(result, new Paint(context().surroundings().colour())));
  }

  /// How a run begins.
  @FunctionalInterface
  private interface Wanted {
    void begin(Run run) throws InterruptedException;
  }

  /// What the command line asks for; everything that can be refused without a server is.
  private Wanted wanted() throws IOException {
    List<String> said = positions.or(List.of());
    List<String> typed = words.spec().commandLine().getParseResult().originalArgs();
    int dashes = typed.indexOf("--");
    int commands = dashes < 0 ? 0 : typed.size() - dashes - 1;
    List<String> before = said.subList(0, said.size() - commands);
    List<String> command = said.subList(said.size() - commands, said.size());
    if (before.size() > 1) {
      throw Failure.misuse(
          "what is '" + before.get(1) + "'? The brief is one word: quote it", USAGE);
    }
    spec.check();
    if (goOnWith.said().isPresent()) {
      return goingOn(goOnWith.said().get(), said);
    }
    CreateTaskRequest request = request(before.stream().findFirst(), command);
    return run -> run.make(request);
  }

  private Wanted goingOn(String task, List<String> said) {
    boolean more = spec.saysMoreThanBudget() || project.said().isPresent();
    if (more || !said.isEmpty() || requestId.said().isPresent()) {
      throw Failure.misuse(
          "--continue goes on with a task as it is; only --budget may be said with it",
          "salvor task edit --help");
    }
    return run -> run.goOnWith(task, spec.budget.said());
  }

  private CreateTaskRequest request(Optional<String> said, List<String> command)
      throws IOException {
    Optional<String> longer = spec.brief(context());
    String all = said.or(() -> longer).orElse("").strip();
    if (all.isEmpty()) {
      throw Failure.misuse("what is to be done?", USAGE);
    }
    String title = title(all);
    String brief = longer.orElse(title.equals(all) ? "" : all);
    return CreateTaskRequest.newBuilder()
        .setTask(
            withoutRetries(
                new AskedFor(context(), spec, USAGE).task(title, brief, project.said(), command)))
        .setDispatch(true)
        .setRequestId(requestId.or(UUID.randomUUID().toString()))
        .build();
  }

  /// It is the run that begins again, and not the server besides, unless that was asked for.
  private static Task withoutRetries(Task task) {
    return task.hasRecovery()
        ? task
        : task.toBuilder().setRecovery(Recovery.newBuilder().setMode(Recovery.Mode.ADVISE)).build();
  }

  /// The first line of a brief, without the mark of a heading.
  private static String title(String brief) {
    String line = brief.lines().findFirst().orElse("").replaceFirst("^#+\\s*", "").strip();
    return line.length() <= LONGEST_TITLE ? line : line.substring(0, LONGEST_TITLE - 3) + "...";
  }

  private static Integer countOf(String text) {
    if (!text.matches("\\d{1,4}")) {
      throw new IllegalArgumentException("'" + text + "' is not a number of restarts");
    }
    return Integer.valueOf(text);
  }
}
