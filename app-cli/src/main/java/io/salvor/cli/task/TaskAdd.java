package io.salvor.cli.task;

import io.salvor.cli.session.AgentChoice;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.ProjectChoice;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Durations;
import io.salvor.cli.text.Money;
import io.salvor.v1.Agent;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.Limits;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/// Adds a task.
public final class TaskAdd extends SalvorCommand {
  private final Word<String> title = words.required("TITLE", Function.identity(), "one line");
  private final Word<List<String>> command =
      words.rest("COMMAND", "after --: an ad hoc command as the agent");
  private final Word<String> project =
      words.option("--project", "DIR", "the repository (default: that of the current directory)");

  private final Word<String> agent =
      words.option(
          "--agent",
          "NAME",
          "who works on it (default: the configured one, or the only one that is installed)");

  private final Word<String> brief =
      words.option("--brief", "TEXT", "what is to be done, in Markdown");
  private final Word<String> briefFile =
      words.option("--brief-file", "FILE", "the same from a file, or from standard input with -");

  private final Word<Long> budget =
      words.option("--budget", "USD", Money::parse, "what all its attempts may spend together");

  private final Word<Duration> timeout =
      words.option("--timeout", "TIME", Durations::parse, "what an attempt may take: 30m, 1h30m");

  private final Word<Agent.Profile> profile =
      words.option(
          "--profile",
          "NAME",
          TaskAdd::profileOf,
          "what the agent may do unasked: read, edit (default) or full");

  private final Word<String> model = words.option("--model", "NAME", "the agent's model");

  private final Word<String> base = words.option("--base", "REV", "start from this revision");

  private final Word<String> into =
      words.option(
          "--into",
          "BRANCH",
          "merge into this branch (default: the one checked out in the project)");

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
            .setTask(task())
            .setDispatch(dispatch.or(false))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    Task task = context().api().call(TaskServiceGrpc.getCreateTaskMethod(), request);
    if (wait.wanted()) {
      return new TaskReport(context()).after(task, wait);
    }
    if (context().output() == Output.TEXT) {
      context().out().println(task.getDisplayId());
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
      throw misuse(
          "what is '" + said.getFirst() + "'? An ad hoc command stands after --",
          "salvor task add TITLE --agent command -- PROGRAM ARGUMENT...");
    }
    if (brief.said().isPresent() && briefFile.said().isPresent()) {
      throw misuse("--brief and --brief-file are mutually exclusive", "salvor task add --help");
    }
    if (wait.wanted() && !dispatch.or(false)) {
      throw misuse("--wait without --dispatch would wait for ever", "--dispatch");
    }
  }

  private static Failure misuse(String what, String hint) {
    return new Failure(ExitCode.USAGE, "USAGE", what, hint);
  }

  private Task task() throws IOException {
    var limits = Limits.newBuilder();
    budget.said().ifPresent(limits::setCostMicroUsd);
    timeout
        .said()
        .map(it -> com.google.protobuf.Duration.newBuilder().setSeconds(it.toSeconds()).build())
        .ifPresent(limits::setDeadline);
    return Task.newBuilder()
        .setTitle(title.or(""))
        .setBrief(briefText())
        .setProject(new ProjectChoice(context()).choose(project.said()))
        .setTargetBranch(into.or(""))
        .setBase(base.or(""))
        .setAgent(agent())
        .setLimits(limits)
        .build();
  }

  private Agent agent() {
    List<String> adHoc = command.or(List.of());
    String name =
        agent.said().isEmpty() && !adHoc.isEmpty()
            ? "command"
            : new AgentChoice(context()).choose(agent.said());
    if (name.equals("command") && adHoc.isEmpty()) {
      throw misuse(
          "the agent 'command' needs a command",
          "salvor task add TITLE --agent command -- PROGRAM ARGUMENT...");
    }
    var chosen = Agent.newBuilder().setName(name).addAllCommand(adHoc).setModel(model.or(""));
    profile.said().ifPresent(chosen::setProfile);
    return chosen.build();
  }

  private String briefText() throws IOException {
    if (briefFile.said().isEmpty()) {
      return brief.or("");
    }
    String file = briefFile.said().get();
    byte[] bytes = file.equals("-") ? context().surroundings().in().readAllBytes() : read(file);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new Failure(ExitCode.INVALID, "INVALID", "the brief is not UTF-8 text", "");
    }
  }

  private byte[] read(String file) {
    try {
      return Files.readAllBytes(context().path(file));
    } catch (IOException unreadable) {
      throw new Failure(
          ExitCode.INVALID, "INVALID", "cannot read the brief " + context().path(file), "");
    }
  }

  private static Agent.Profile profileOf(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "read" -> Agent.Profile.READ;
      case "edit" -> Agent.Profile.EDIT;
      case "full" -> Agent.Profile.FULL;
      default -> throw new IllegalArgumentException("'" + text + "' is none of read, edit, full");
    };
  }
}
