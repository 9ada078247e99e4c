package io.salvor.cli.task;

import io.salvor.cli.session.AgentChoice;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.Converters;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.ProjectChoice;
import io.salvor.cli.session.SalvorCommand;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Adds a task.
public final class TaskAdd extends SalvorCommand {
  /// The permission profiles.
  enum Profile {
    read,
    edit,
    full
  }

  @Parameters(index = "0", paramLabel = "TITLE", description = "one line")
  String title = "";

  @Parameters(
      index = "1..*",
      paramLabel = "COMMAND",
      description = "after --: an ad hoc command as the agent")
  List<String> command = List.of();

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "the repository (default: that of the current directory)")
  @Nullable String project;

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description = "who works on it (default: the configured one, or the only one on the PATH)")
  @Nullable String agent;

  @ArgGroup(exclusive = true)
  Brief brief = new Brief();

  @Option(
      names = "--budget",
      paramLabel = "USD",
      description = "what all its attempts may spend together",
      converter = Converters.Dollars.class)
  @Nullable Long budget;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "what an attempt may take: 30m, 1h30m",
      converter = Converters.Time.class)
  @Nullable Duration timeout;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "what the agent may do unasked: read, edit (default) or full")
  @Nullable Profile profile;

  @Option(names = "--model", paramLabel = "NAME", description = "the agent's model")
  String model = "";

  @Option(names = "--base", paramLabel = "REV", description = "start from this revision")
  String base = "";

  @Option(
      names = "--into",
      paramLabel = "BRANCH",
      description = "merge into this branch (default: the one checked out in the project)")
  String into = "";

  @Option(names = "--dispatch", description = "dispatch it at once")
  boolean dispatch;

  @Mixin WaitOptions wait = new WaitOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  public TaskAdd(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException, IOException {
    if (!command.isEmpty() && !spec.commandLine().getParseResult().originalArgs().contains("--")) {
      throw new Failure(
          ExitCode.USAGE,
          "USAGE",
          "what is '" + command.getFirst() + "'? An ad hoc command stands after --",
          "salvor task add TITLE --agent command -- PROGRAM ARGUMENT...");
    }
    if (wait.wanted() && !dispatch) {
      throw new Failure(
          ExitCode.USAGE, "USAGE", "--wait without --dispatch would wait for ever", "--dispatch");
    }
    var request =
        CreateTaskRequest.newBuilder()
            .setTask(task())
            .setDispatch(dispatch)
            .setRequestId(UUID.randomUUID().toString())
            .build();
    Task task = context().api().call(TaskServiceGrpc.getCreateTaskMethod(), request);
    if (wait.wanted()) {
      return new TaskReport(context()).after(task, wait);
    }
    if (context().output() == Output.text) {
      context().out().println(task.getDisplayId());
      hint(task);
      return ExitCode.OK;
    }
    return new TaskReport(context()).line(task);
  }

  /// The id alone goes to standard output, for scripts; the rest is for a person.
  private void hint(Task task) {
    if (context().surroundings().errIsTerminal()) {
      String verb = dispatch ? "watch" : "dispatch";
      context().err().println("next: salvor task " + verb + " " + task.getDisplayId());
    }
  }

  private Task task() throws IOException {
    var task =
        Task.newBuilder()
            .setTitle(title)
            .setBrief(briefText())
            .setProject(new ProjectChoice(context()).choose(project))
            .setTargetBranch(into)
            .setBase(base)
            .setAgent(agent());
    var limits = Limits.newBuilder();
    if (budget != null) {
      limits.setCostMicroUsd(budget);
    }
    if (timeout != null) {
      limits.setDeadline(com.google.protobuf.Duration.newBuilder().setSeconds(timeout.toSeconds()));
    }
    return task.setLimits(limits).build();
  }

  private Agent agent() {
    String name =
        agent == null && !command.isEmpty() ? "command" : new AgentChoice(context()).choose(agent);
    if (name.equals("command") && command.isEmpty()) {
      throw new Failure(
          ExitCode.USAGE,
          "USAGE",
          "the agent 'command' needs a command",
          "salvor task add TITLE --agent command -- PROGRAM ARGUMENT...");
    }
    var chosen = Agent.newBuilder().setName(name).addAllCommand(command).setModel(model);
    if (profile != null) {
      chosen.setProfile(Agent.Profile.valueOf(profile.name().toUpperCase(Locale.ROOT)));
    }
    return chosen.build();
  }

  private String briefText() throws IOException {
    if (brief.file == null) {
      return brief.text == null ? "" : brief.text;
    }
    byte[] bytes =
        brief.file.equals("-") ? context().surroundings().in().readAllBytes() : read(brief.file);
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

  /// Where the brief comes from.
  static final class Brief {
    @Option(names = "--brief", paramLabel = "TEXT", description = "what is to be done, in Markdown")
    @Nullable String text;

    @Option(
        names = "--brief-file",
        paramLabel = "FILE",
        description = "the same from a file, or from standard input with -")
    @Nullable String file;
  }
}
