package io.salvor.server.grpc;

import com.google.protobuf.FieldMask;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Change.Timer;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskSpec;
import io.salvor.server.errors.Errors;
import io.salvor.v1.Task;
import io.salvor.v1.UpdateTaskRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the command that changes a task out of a request: one change for each field that the mask
/// names. Thread-safe.
final class ChangedTask {
  private static final List<String> ALL =
      List.of(
          "title",
          "brief",
          "target_branch",
          "base",
          "agent",
          "limits",
          "depends_on",
          "priority",
          "labels",
          "domain",
          "recovery");

  private final NewTask fields;
  private final TaskLookup lookup;

  ChangedTask(NewTask fields, TaskLookup lookup) {
    this.fields = fields;
    this.lookup = lookup;
  }

  TaskCommand.Edit command(UpdateTaskRequest request) {
    Task wanted = request.getTask();
    TaskId task = lookup.id(wanted.getName());
    var changes = new ArrayList<Change>();
    for (String path : paths(request.getUpdateMask(), wanted)) {
      changes.addAll(changes(path, wanted));
    }
    Optional<String> brief =
        changes.stream().anyMatch(Change.Brief.class::isInstance)
            ? Optional.of(wanted.getBrief())
            : Optional.empty();
    return new TaskCommand.Edit(task, changes, brief);
  }

  private static List<String> paths(FieldMask mask, Task wanted) {
    if (mask.getPathsCount() == 0) {
      return ALL.stream().filter(path -> isSet(path, wanted)).toList();
    }
    return mask.getPathsList().equals(List.of("*")) ? ALL : mask.getPathsList();
  }

  private static boolean isSet(String path, Task wanted) {
    return wanted.getAllFields().keySet().stream().anyMatch(it -> it.getName().equals(path));
  }

  private List<Change> changes(String path, Task wanted) {
    return switch (path) {
      case "title" -> List.of(new Change.Title(NewTask.title(wanted.getTitle())));
      case "brief" -> List.of(new Change.Brief(Sha256.hex(NewTask.brief(wanted.getBrief()))));
      case "target_branch" -> List.of(new Change.Target(target(wanted)));
      case "base" -> List.of(new Change.Base(base(wanted)));
      case "agent", "agent.name", "agent.command", "agent.protocol" ->
          List.of(new Change.Worker(fields.agent(wanted.getAgent())));
      case "agent.model" -> List.of(new Change.Model(TaskAgents.model(wanted.getAgent())));
      case "agent.profile" ->
          List.of(
              new Change.Profile(
                  TaskAgents.profile(wanted.getAgent()).orElse(PermissionProfile.EDIT)));
      case "agent.launcher" ->
          List.of(
              new Change.Launching(
                  TaskAgents.launcher(wanted.getAgent()).orElse(Launcher.DETACHED)));
      case "depends_on" ->
          List.of(new Change.DependsOn(lookup.dependencies(wanted.getDependsOnList())));
      case "priority" -> List.of(new Change.Urgency(Filings.priority(wanted.getPriority())));
      case "labels" -> List.of(new Change.Labels(Filings.labels(wanted.getLabelsList())));
      case "domain" ->
          List.of(new Change.Domain(Filings.domain("task.domain", wanted.getDomain())));
      case "recovery" ->
          List.of(new Change.Recovering(Recoveries.of(wanted.getRecovery(), fields.recovery())));
      case "limits" -> limits(fields.limits(wanted.getLimits()));
      default ->
          path.startsWith("limits.")
              ? List.of(limit(path, fields.limits(wanted.getLimits())))
              : unchangeable(path);
    };
  }

  /// What is said again may be gone meanwhile.
  private Optional<String> target(Task wanted) {
    TaskSpec now = lookup.task(wanted.getName()).spec();
    return now.target().equals(Optional.of(wanted.getTargetBranch()))
        ? now.target()
        : fields.target(now.project(), wanted);
  }

  private Optional<String> base(Task wanted) {
    TaskSpec now = lookup.task(wanted.getName()).spec();
    return now.base().equals(Optional.of(wanted.getBase()))
        ? now.base()
        : fields.base(now.project(), wanted, now.dependsOn());
  }

  private static List<Change> limits(Limits limits) {
    return List.of(
        new Change.TimeLimit(Timer.DEADLINE, limits.deadline()),
        new Change.TimeLimit(Timer.SILENCE, limits.silence()),
        new Change.TimeLimit(Timer.FIRST_EVENT, limits.firstEvent()),
        new Change.TimeLimit(Timer.RESULT_GRACE, limits.resultGrace()),
        new Change.Cost(limits.cost()),
        new Change.Tokens(limits.tokens()),
        new Change.Turns(limits.turns()),
        new Change.OutputBytes(limits.outputBytes()));
  }

  private static Change limit(String path, Limits limits) {
    return switch (path.substring("limits.".length())) {
      case "deadline" -> new Change.TimeLimit(Timer.DEADLINE, limits.deadline());
      case "silence" -> new Change.TimeLimit(Timer.SILENCE, limits.silence());
      case "first_event" -> new Change.TimeLimit(Timer.FIRST_EVENT, limits.firstEvent());
      case "result_grace" -> new Change.TimeLimit(Timer.RESULT_GRACE, limits.resultGrace());
      case "cost_micro_usd" -> new Change.Cost(limits.cost());
      case "tokens" -> new Change.Tokens(limits.tokens());
      case "turns" -> new Change.Turns(limits.turns());
      case "output_bytes" -> new Change.OutputBytes(limits.outputBytes());
      default -> unchangeable(path).getFirst();
    };
  }

  /// One change for each limit that is set.
  List<Change> raised(io.salvor.v1.Limits wanted) {
    Limits limits = fields.limits(wanted);
    return wanted.getAllFields().keySet().stream()
        .map(field -> limit("limits." + field.getName(), limits))
        .toList();
  }

  /// Another agent, another model or another way to start it, as far as they are named.
  List<Change> worker(io.salvor.v1.Agent wanted) {
    if (!wanted.getName().isEmpty() || wanted.getCommandCount() > 0) {
      return List.of(new Change.Worker(fields.agent(wanted)));
    }
    if (wanted.getProfileValue() != 0 || wanted.getProtocolValue() != 0) {
      throw Errors.invalid(
          wanted.getProfileValue() != 0 ? "agent.profile" : "agent.protocol",
          "goes with the name of an agent only; by itself it is changed with UpdateTask:"
              + " salvor task edit --profile PROFILE");
    }
    var changes = new ArrayList<Change>();
    TaskAgents.model(wanted).map(Optional::of).map(Change.Model::new).ifPresent(changes::add);
    TaskAgents.launcher(wanted).map(Change.Launching::new).ifPresent(changes::add);
    return changes;
  }

  private static List<Change> unchangeable(String path) {
    throw Errors.invalid(
        "update_mask", "'" + path + "' is no field of a task that a person can change");
  }
}
