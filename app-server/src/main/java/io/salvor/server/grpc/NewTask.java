package io.salvor.server.grpc;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Recovery;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.workspace.Project;
import io.salvor.server.config.AgentBook.Recipe;
import io.salvor.server.config.ProjectSettings;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.errors.Errors;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes the command that creates a task out of a request: looks at the project, fills in what is
/// configured, and says what cannot be meant. Thread-safe.
final class NewTask {
  private static final int MAX_BRIEF = 1 << 20;

  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
  private final SettingsOfProjects projects;
  private final ServerConfig config;
  private final TaskAgents agents;

  NewTask(SettingsOfProjects projects, ServerConfig config, TaskAgents agents) {
    this.projects = projects;
    this.config = config;
    this.agents = agents;
  }

  TaskCommand.Create command(CreateTaskRequest request, List<TaskId> dependsOn) {
    Task wanted = request.getTask();
    String title = title(wanted.getTitle());
    String brief = brief(wanted.getBrief().isBlank() ? title : wanted.getBrief());
    Recipe recipe = agents.recipe(wanted.getAgent());
    Agent agent = agents.agent(recipe, wanted.getAgent());
    if (wanted.getLimits().hasCostMicroUsd() || recipe.limitSettings().cost().isPresent()) {
      agents.checkBudget(agent);
    }
    Project project = projects.project("task.project", wanted.getProject());
    ProjectSettings settings = projects.inForce(project);
    var spec =
        new TaskSpec(
            title,
            Sha256.hex(brief),
            project.root(),
            target(project.root(), wanted).or(project::target),
            base(project.root(), wanted, dependsOn).or(project::base),
            agent,
            WantedLimits.over(wanted.getLimits(), recipe.limits(config.limits())),
            dependsOn,
            new TaskSpec.Preparation(settings.copy(), settings.setup(), settings.setupLimit()),
            Stream.concat(settings.gates().stream(), gates(wanted)).toList(),
            Filings.of(wanted),
            Recoveries.of(wanted.getRecovery(), settings.recovery().over(config.recovery())));
    return new TaskCommand.Create(
        id(wanted.getUid()), spec, brief, project.highestTaskNumber(), request.getDispatch());
  }

  /// The branch that is named, if any is.
  Optional<String> target(String project, Task wanted) {
    Optional<String> named = Texts.name("task.target_branch", wanted.getTargetBranch());
    named.ifPresent(it -> projects.requireBranch("task.target_branch", project, it));
    return named;
  }

  /// The revision to start from that is named, if any is. What the task waits for may make it.
  Optional<String> base(String project, Task wanted, List<TaskId> dependsOn) {
    Optional<String> named = Texts.name("task.base", wanted.getBase());
    if (dependsOn.isEmpty()) {
      named.ifPresent(it -> projects.requireCommit(project, it));
    }
    return named;
  }

  private static Stream<String> gates(io.salvor.v1.Task wanted) {
    for (String gate : wanted.getGatesList()) {
      Texts.required("task.gates", Texts.argument("task.gates", gate));
    }
    return wanted.getGatesList().stream();
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

  /// The agent that this describes.
  Agent agent(io.salvor.v1.Agent wanted) {
    return agents.agent(agents.recipe(wanted), wanted);
  }

  /// What follows by itself where nothing else is said.
  Recovery recovery() {
    return config.recovery();
  }

  /// What is said of limits, over those that are usual.
  Limits limits(io.salvor.v1.Limits wanted) {
    return WantedLimits.over(wanted, config.limits());
  }
}
