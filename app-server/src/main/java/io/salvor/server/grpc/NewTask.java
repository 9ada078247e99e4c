package io.salvor.server.grpc;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.workspace.Project;
import io.salvor.server.config.ProjectSettings;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.errors.Errors;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Makes the command that creates a task out of a request: looks at the project, fills in what is
/// configured, and says what cannot be meant. Thread-safe.
final class NewTask {
  private static final int MAX_BRIEF = 1 << 20;

  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
  private final SettingsOfProjects projects;
  private final ServerConfig config;

  NewTask(SettingsOfProjects projects, ServerConfig config) {
    this.projects = projects;
    this.config = config;
  }

  TaskCommand.Create command(CreateTaskRequest request, List<TaskId> dependsOn) {
    Task wanted = request.getTask();
    String title = title(wanted.getTitle());
    String brief = brief(wanted.getBrief().isBlank() ? title : wanted.getBrief());
    Project project = projects.project("task.project", wanted.getProject());
    ProjectSettings settings = projects.inForce(project);
    var spec =
        new TaskSpec(
            title,
            Sha256.hex(brief),
            project.root(),
            given(wanted.getTargetBranch()).or(project::target),
            given(wanted.getBase()),
            agent(wanted.getAgent()),
            limits(wanted.getLimits()),
            dependsOn,
            new TaskSpec.Preparation(settings.copy(), settings.setup(), settings.setupLimit()),
            settings.gates());
    return new TaskCommand.Create(
        id(wanted.getUid()), spec, brief, project.highestTaskNumber(), request.getDispatch());
  }

  static String brief(String brief) {
    if (brief.isBlank() || brief.length() > MAX_BRIEF) {
      throw Errors.invalid("task.brief", "a brief has 1 to " + MAX_BRIEF + " characters");
    }
    return brief;
  }

  static String title(String title) {
    String line = title.strip();
    if (line.isEmpty() || line.length() > TaskSpec.MAX_TITLE || line.lines().count() > 1) {
      throw Errors.invalid(
          "task.title", "a title is one line of 1 to " + TaskSpec.MAX_TITLE + " characters");
    }
    return line;
  }

  private TaskId id(String uid) {
    if (uid.isEmpty()) {
      return new TaskId(ids.generate());
    }
    try {
      return TaskId.of(uid);
    } catch (IllegalArgumentException e) {
      throw Errors.invalid("task.uid", "not a UUID: " + uid);
    }
  }

  static Agent agent(io.salvor.v1.Agent wanted) {
    PermissionProfile profile = profile(wanted.getProfile());
    String name = wanted.getName();
    List<String> command = new ArrayList<>(wanted.getCommandList());
    return switch (name) {
      case "claude" -> known(wanted, Protocol.CLAUDE, profile);
      case "codex" -> known(wanted, Protocol.CODEX, profile);
      case "gemini" -> known(wanted, Protocol.GEMINI, profile);
      case "opencode" -> known(wanted, Protocol.OPENCODE, profile);
      case "command" -> {
        if (command.isEmpty()) {
          throw Errors.invalid(
              "task.agent.command",
              "the agent `command` needs a program: add -- PROGRAM ARGUMENTS");
        }
        yield new Agent(name, Protocol.COMMAND, profile, command, given(wanted.getModel()));
      }
      default ->
          throw Errors.failure(
              ErrorReason.Code.UNKNOWN_AGENT,
              "there is no agent '" + name + "'",
              "salvor task add \"TITLE\" --agent claude  or  --agent command -- PROGRAM");
    };
  }

  static PermissionProfile profile(io.salvor.v1.Agent.Profile wanted) {
    return switch (wanted) {
      case READ -> PermissionProfile.READ;
      case FULL -> PermissionProfile.FULL;
      case EDIT, PROFILE_UNSPECIFIED, UNRECOGNIZED -> PermissionProfile.EDIT;
    };
  }

  /// An agent whose program bears its name, where no other is given.
  private static Agent known(
      io.salvor.v1.Agent wanted, Protocol protocol, PermissionProfile profile) {
    return new Agent(
        wanted.getName(),
        protocol,
        profile,
        wanted.getCommandCount() == 0 ? List.of(wanted.getName()) : wanted.getCommandList(),
        given(wanted.getModel()));
  }

  Limits limits(io.salvor.v1.Limits wanted) {
    Limits usual = config.limits();
    return new Limits(
        wanted.hasDeadline() ? duration(wanted.getDeadline()) : usual.deadline(),
        wanted.hasSilence() ? duration(wanted.getSilence()) : usual.silence(),
        wanted.hasFirstEvent() ? duration(wanted.getFirstEvent()) : usual.firstEvent(),
        wanted.hasResultGrace() ? duration(wanted.getResultGrace()) : usual.resultGrace(),
        wanted.hasCostMicroUsd() ? Optional.of(money(wanted.getCostMicroUsd())) : usual.cost(),
        wanted.hasTokens() ? OptionalLong.of(wanted.getTokens()) : usual.tokens(),
        wanted.hasTurns() ? OptionalInt.of(wanted.getTurns()) : usual.turns());
  }

  static MicroUsd money(long micros) {
    if (micros <= 0) {
      throw Errors.invalid("task.limits.cost_micro_usd", "a budget is more than nothing");
    }
    return new MicroUsd(micros);
  }

  private static Duration duration(com.google.protobuf.Duration wanted) {
    Duration duration = Duration.ofSeconds(wanted.getSeconds(), wanted.getNanos());
    if (duration.isNegative() || duration.isZero()) {
      throw Errors.invalid("task.limits", "a limit of time is more than nothing");
    }
    return duration;
  }

  static Optional<String> given(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
  }
}
