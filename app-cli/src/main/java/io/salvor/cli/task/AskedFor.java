package io.salvor.cli.task;

import io.salvor.cli.session.AgentChoice;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.ProjectChoice;
import io.salvor.v1.Agent;
import io.salvor.v1.Limits;
import io.salvor.v1.Task;
import java.util.List;
import java.util.Optional;

/// The task that a command line asks for, as it is sent to the server.
final class AskedFor {
  private final Context context;
  private final SpecWords spec;
  private final String usage;

  /// @param usage how an ad hoc command is given
  AskedFor(Context context, SpecWords spec, String usage) {
    this.context = context;
    this.spec = spec;
    this.usage = usage;
  }

  /// @param brief empty for the title
  /// @param project as it was named; empty for the repository of the current directory
  /// @param command an ad hoc one as the agent; empty for none
  Task task(String title, String brief, Optional<String> project, List<String> command) {
    Limits.Builder limits = spec.limits.message().toBuilder();
    spec.budget.said().ifPresent(limits::setCostMicroUsd);
    var task =
        Task.newBuilder()
            .addAllLabels(spec.labels().orElse(List.of()))
            .setDomain(spec.domain.or(""));
    spec.priority.said().ifPresent(task::setPriority);
    spec.recovery().ifPresent(task::setRecovery);
    return task.setTitle(title)
        .setBrief(brief)
        .setProject(new ProjectChoice(context).choose(project))
        .setTargetBranch(spec.into.or(""))
        .setBase(spec.base.or(""))
        .setAgent(agent(command))
        .setLimits(limits)
        .addAllDependsOn(spec.dependsOn.or(List.of()))
        .build();
  }

  private Agent agent(List<String> adHoc) {
    String name =
        spec.agent.said().isEmpty() && !adHoc.isEmpty()
            ? "command"
            : new AgentChoice(context).choose(spec.agent.said());
    if (name.equals("command") && adHoc.isEmpty()) {
      throw Failure.misuse("the agent 'command' needs a command", usage);
    }
    var chosen = Agent.newBuilder().setName(name).addAllCommand(adHoc).setModel(spec.model.or(""));
    spec.profile.said().ifPresent(chosen::setProfile);
    spec.attach.said().ifPresent(chosen::setLauncher);
    return chosen.build();
  }
}
