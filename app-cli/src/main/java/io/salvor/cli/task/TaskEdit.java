package io.salvor.cli.task;

import com.google.protobuf.FieldMask;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.Word;
import io.salvor.v1.Limits;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.UpdateTaskRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/// Changes what was asked for, as long as that can still mean something.
public final class TaskEdit extends OnTasks {
  private final Word<String> title = words.option("--title", "TEXT", "one line");
  private final SpecWords spec = new SpecWords(words);
  private Optional<UpdateTaskRequest> wish = Optional.empty();

  public TaskEdit(Context context) {
    super(context);
  }

  @Override
  void checkWords() {
    spec.check();
    UpdateTaskRequest wanted = wanted();
    if (wanted.getUpdateMask().getPathsCount() == 0) {
      throw new ParameterException(words.spec().commandLine(), "what is to be changed?");
    }
    wish = Optional.of(wanted);
  }

  @Override
  Task act(Chosen task) {
    UpdateTaskRequest.Builder request = wish.orElseThrow().toBuilder().setRequestId(requestId());
    request.getTaskBuilder().setName(task.name()).setEtag(task.etag());
    return context().api().call(TaskServiceGrpc.getUpdateTaskMethod(), request.build());
  }

  private UpdateTaskRequest wanted() {
    var task = Task.newBuilder();
    var mask = FieldMask.newBuilder();
    title.said().ifPresent(it -> say(mask, "title", () -> task.setTitle(it)));
    brief().ifPresent(it -> say(mask, "brief", () -> task.setBrief(it)));
    spec.into.said().ifPresent(it -> say(mask, "target_branch", () -> task.setTargetBranch(it)));
    spec.base.said().ifPresent(it -> say(mask, "base", () -> task.setBase(it)));
    spec.dependsOn.said().ifPresent(it -> say(mask, "depends_on", () -> task.addAllDependsOn(it)));
    spec.agent.said().ifPresent(it -> say(mask, "agent", () -> task.getAgentBuilder().setName(it)));
    spec.model
        .said()
        .ifPresent(it -> say(mask, "agent.model", () -> task.getAgentBuilder().setModel(it)));
    spec.profile
        .said()
        .ifPresent(it -> say(mask, "agent.profile", () -> task.getAgentBuilder().setProfile(it)));
    spec.attach
        .said()
        .ifPresent(it -> say(mask, "agent.launcher", () -> task.getAgentBuilder().setLauncher(it)));
    spec.budget
        .said()
        .ifPresent(it ->
            say(mask, "limits.cost_micro_usd", () -> task.getLimitsBuilder().setCostMicroUsd(it)));
    Limits limits = spec.limits.message();
    task.getLimitsBuilder().mergeFrom(limits);
    limits.getAllFields().keySet().forEach(field -> mask.addPaths("limits." + field.getName()));
    spec.priority.said().ifPresent(it -> say(mask, "priority", () -> task.setPriority(it)));
    spec.labels().ifPresent(it -> say(mask, "labels", () -> task.addAllLabels(it)));
    spec.domain.said().ifPresent(it -> say(mask, "domain", () -> task.setDomain(it)));
    spec.recovery().ifPresent(it -> say(mask, "recovery", () -> task.setRecovery(it)));
    return UpdateTaskRequest.newBuilder().setTask(task).setUpdateMask(mask).build();
  }

  private static void say(FieldMask.Builder mask, String path, Runnable setting) {
    setting.run();
    mask.addPaths(path);
  }

  private Optional<String> brief() {
    try {
      return spec.brief(context());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
