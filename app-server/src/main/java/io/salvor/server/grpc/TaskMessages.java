package io.salvor.server.grpc;

import com.google.protobuf.Duration;
import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import io.salvor.server.limits.LimitWords;
import io.salvor.server.limits.Unenforced;
import io.salvor.v1.TaskWorkspace;
import java.util.Optional;
import java.util.function.Function;

/// Tasks as messages. Thread-safe.
final class TaskMessages {
  private final Sentences sentences;
  private final Unenforced unenforced;
  private final Function<AttemptRef, Optional<String>> windows;

  /// @param windows where a person can watch an attempt
  TaskMessages(
      Sentences sentences, Unenforced unenforced, Function<AttemptRef, Optional<String>> windows) {
    this.sentences = sentences;
    this.unenforced = unenforced;
    this.windows = windows;
  }

  /// The task without its brief.
  io.salvor.v1.Task of(Task task) {
    var attempts = AttemptMessages.of(task, window(task));
    var message =
        io.salvor.v1.Task.newBuilder()
            .setName(Names.task(task.id()))
            .setUid(task.id().toString())
            .setDisplayId(task.display().toString())
            .setTitle(task.spec().title())
            .setProject(task.spec().project())
            .setTargetBranch(task.spec().target().orElse(""))
            .setBase(task.spec().base().orElse(""))
            .setAgent(agent(task.spec().agent()))
            .setLimits(limits(task.spec().limits()))
            .setState(state(task.kind()))
            .setStateDetail(sentences.detail(task))
            .setStateTime(Names.time(task.updatedAt()))
            .setNextCommand(sentences.nextCommand(task))
            .addAllAttempts(attempts)
            .setTotalUsage(AttemptMessages.total(attempts))
            .setWorkspace(workspace(task))
            .addAllExecutors(task.executors().stream().map(Actor::value).toList())
            .setCreator(task.createdBy().value())
            .setCreateTime(Names.time(task.createdAt()))
            .setUpdateTime(Names.time(task.updatedAt()))
            .setPriority(Filings.message(task.spec().filing().priority()))
            .addAllLabels(task.spec().filing().labels())
            .setDomain(task.spec().filing().domain().orElse(""))
            .setRecovery(Recoveries.message(task.spec().recovery()))
            .addAllGates(task.spec().gates())
            .addAllWarnings(LimitWords.nearing(task))
            .addAllWarnings(unenforced.of(task))
            .setEtag(Long.toString(task.revision()));
    task.spec().dependsOn().forEach(id -> message.addDependsOn(Names.task(id)));
    sentences.waitsFor(task).ifPresent(message::setWaitsFor);
    VerdictMessages.write(task, message);
    if (task.state() instanceof TaskState.Ready ready) {
      ready.reset().ifPresent(it -> message.setReset(ResetWords.message(task, it)));
    }
    return message.build();
  }

  private String window(Task task) {
    return task.state() instanceof TaskState.Running running
            && task.spec().agent().launcher() == Launcher.TMUX
        ? windows.apply(running.attempt().ref()).orElse("")
        : "";
  }

  static io.salvor.v1.Task.State state(TaskState.Kind kind) {
    return io.salvor.v1.Task.State.valueOf(kind.name());
  }

  private static TaskWorkspace workspace(Task task) {
    var message = TaskWorkspace.newBuilder().setBranch(task.branch());
    task.workspace().ifPresent(it -> message.setPath(it.path()).setBaseCommit(it.baseCommit()));
    String head =
        switch (task.state()) {
          case TaskState.Review review -> review.head();
          case TaskState.Approved approved -> approved.head();
          case TaskState.Merging merging -> merging.head();
          case TaskState.Merged merged -> merged.head();
          default -> task.lastSummary().head().orElse("");
        };
    return message.setHead(head).build();
  }

  static io.salvor.v1.Agent.Protocol protocol(Protocol protocol) {
    return io.salvor.v1.Agent.Protocol.valueOf(protocol.name());
  }

  static io.salvor.v1.Agent.Profile profile(PermissionProfile profile) {
    return io.salvor.v1.Agent.Profile.valueOf(profile.name());
  }

  private static io.salvor.v1.Agent agent(Agent agent) {
    return io.salvor.v1.Agent.newBuilder()
        .setName(agent.name())
        .setProtocol(protocol(agent.protocol()))
        .setProfile(profile(agent.profile()))
        .addAllCommand(agent.command())
        .setModel(agent.model().orElse(""))
        .setFallbackModel(agent.fallbackModel().orElse(""))
        .setLauncher(io.salvor.v1.Agent.Launcher.valueOf(agent.launcher().name()))
        .build();
  }

  private static io.salvor.v1.Limits limits(Limits limits) {
    var message =
        io.salvor.v1.Limits.newBuilder()
            .setDeadline(duration(limits.deadline()))
            .setSilence(duration(limits.silence()))
            .setFirstEvent(duration(limits.firstEvent()))
            .setResultGrace(duration(limits.resultGrace()));
    limits.cost().ifPresent(cost -> message.setCostMicroUsd(cost.value()));
    limits.tokens().ifPresent(message::setTokens);
    limits.turns().ifPresent(message::setTurns);
    message.setOutputBytes(limits.outputBytes());
    return message.build();
  }

  private static Duration duration(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }
}
