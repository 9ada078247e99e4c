package io.salvor.records;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.task.Backoff;
import io.salvor.domain.task.Filing;
import io.salvor.domain.task.Priority;
import io.salvor.domain.task.Recovery;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.TaskSpec;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What was asked for, as it is stored.
final class SpecValues {
  static final Same<StartMode, io.salvor.record.v1.StartMode> START_MODE =
      Same.of(StartMode.class, io.salvor.record.v1.StartMode.class, "START_MODE_");
  static final Same<Protocol, io.salvor.record.v1.Protocol> PROTOCOL =
      Same.of(Protocol.class, io.salvor.record.v1.Protocol.class, "PROTOCOL_");
  static final Same<PermissionProfile, io.salvor.record.v1.PermissionProfile> PROFILE =
      Same.of(
          PermissionProfile.class,
          io.salvor.record.v1.PermissionProfile.class,
          "PERMISSION_PROFILE_");
  static final Same<Launcher, io.salvor.record.v1.Launcher> LAUNCHER =
      Same.of(Launcher.class, io.salvor.record.v1.Launcher.class, "LAUNCHER_");

  /// What held before there was a word for it.
  private static final Recovery UNTOLD = Recovery.DEFAULT.withoutRetries();

  private SpecValues() {}

  static io.salvor.record.v1.TaskSpec spec(TaskSpec spec) {
    var stored =
        io.salvor.record.v1.TaskSpec.newBuilder()
            .setTitle(spec.title())
            .setBriefHash(spec.briefHash())
            .setProject(spec.project())
            .setAgent(agent(spec.agent()))
            .setLimits(limits(spec.limits()))
            .addAllDependsOn(Scalars.tasks(spec.dependsOn()))
            .setPreparation(preparation(spec.preparation()))
            .addAllGates(spec.gates());
    spec.target().ifPresent(stored::setTarget);
    spec.base().ifPresent(stored::setBase);
    stored.setPriority(priority(spec.filing().priority()));
    stored.addAllLabels(spec.filing().labels());
    spec.filing().domain().ifPresent(stored::setDomain);
    if (!spec.recovery().equals(UNTOLD)) {
      stored.setRecovery(recovery(spec.recovery()));
    }
    return stored.build();
  }

  static TaskSpec spec(io.salvor.record.v1.TaskSpec stored) {
    return new TaskSpec(
        stored.getTitle(),
        stored.getBriefHash(),
        stored.getProject(),
        stored.hasTarget() ? Optional.of(stored.getTarget()) : Optional.empty(),
        stored.hasBase() ? Optional.of(stored.getBase()) : Optional.empty(),
        agent(stored.getAgent()),
        limits(stored.getLimits()),
        Scalars.tasksOf(stored.getDependsOnList()),
        preparation(stored.getPreparation()),
        stored.getGatesList(),
        new Filing(
            priority(stored.getPriority()),
            stored.getLabelsList(),
            stored.hasDomain() ? Optional.of(stored.getDomain()) : Optional.empty()),
        stored.hasRecovery() ? recovery(stored.getRecovery()) : UNTOLD);
  }

  static io.salvor.record.v1.Recovery recovery(Recovery recovery) {
    var stored =
        io.salvor.record.v1.Recovery.newBuilder()
            .setAuto(recovery.mode() == Recovery.Mode.AUTO)
            .setMaxRetries(recovery.maxRetries())
            .setGateRepairs(recovery.gateRepairs())
            .setLoopWindow(recovery.loopWindow());
    if (recovery.spiral() != Recovery.DEFAULT_SPIRAL) {
      stored.setSpiral(recovery.spiral());
    }
    if (!recovery.waits().equals(Backoff.DEFAULT)) {
      stored
          .setRetryWait(Scalars.duration(recovery.waits().first()))
          .setRetryWaitMost(Scalars.duration(recovery.waits().most()));
    }
    return stored.build();
  }

  static Recovery recovery(io.salvor.record.v1.Recovery stored) {
    return new Recovery(
        stored.getAuto() ? Recovery.Mode.AUTO : Recovery.Mode.ADVISE,
        stored.getMaxRetries(),
        stored.getGateRepairs(),
        stored.getLoopWindow(),
        stored.hasSpiral() ? stored.getSpiral() : Recovery.DEFAULT_SPIRAL,
        stored.hasRetryWait()
            ? new Backoff(
                Scalars.duration(stored.getRetryWait()),
                Scalars.duration(stored.getRetryWaitMost()))
            : Backoff.DEFAULT);
  }

  static io.salvor.record.v1.Priority priority(Priority priority) {
    return switch (priority) {
      case LOW -> io.salvor.record.v1.Priority.PRIORITY_LOW;
      case MEDIUM -> io.salvor.record.v1.Priority.PRIORITY_UNSPECIFIED;
      case HIGH -> io.salvor.record.v1.Priority.PRIORITY_HIGH;
      case CRITICAL -> io.salvor.record.v1.Priority.PRIORITY_CRITICAL;
    };
  }

  static Priority priority(io.salvor.record.v1.Priority stored) {
    return switch (stored) {
      case PRIORITY_LOW -> Priority.LOW;
      case PRIORITY_UNSPECIFIED -> Priority.MEDIUM;
      case PRIORITY_HIGH -> Priority.HIGH;
      case PRIORITY_CRITICAL -> Priority.CRITICAL;
      case UNRECOGNIZED -> throw new Malformed("no such priority");
    };
  }

  private static io.salvor.record.v1.Preparation preparation(TaskSpec.Preparation preparation) {
    return io.salvor.record.v1.Preparation.newBuilder()
        .addAllCopy(preparation.copy())
        .addAllSetup(preparation.setup())
        .setLimit(Scalars.duration(preparation.limit()))
        .build();
  }

  private static TaskSpec.Preparation preparation(io.salvor.record.v1.Preparation stored) {
    return new TaskSpec.Preparation(
        stored.getCopyList(), stored.getSetupList(), Scalars.duration(stored.getLimit()));
  }

  static io.salvor.record.v1.Agent agent(Agent agent) {
    var stored =
        io.salvor.record.v1.Agent.newBuilder()
            .setName(agent.name())
            .setProtocol(PROTOCOL.stored(agent.protocol()))
            .setProfile(PROFILE.stored(agent.profile()))
            .addAllCommand(agent.command());
    agent.model().ifPresent(stored::setModel);
    agent.fallbackModel().ifPresent(stored::setFallbackModel);
    if (agent.launcher() != Launcher.DETACHED) {
      stored.setLauncher(LAUNCHER.stored(agent.launcher()));
    }
    return stored.build();
  }

  static Agent agent(io.salvor.record.v1.Agent stored) {
    return new Agent(
        stored.getName(),
        PROTOCOL.ours(stored.getProtocol()),
        PROFILE.ours(stored.getProfile()),
        stored.getCommandList(),
        stored.hasModel() ? Optional.of(stored.getModel()) : Optional.empty(),
        stored.hasFallbackModel() ? Optional.of(stored.getFallbackModel()) : Optional.empty(),
        stored.hasLauncher() ? LAUNCHER.ours(stored.getLauncher()) : Launcher.DETACHED);
  }

  private static io.salvor.record.v1.Limits limits(Limits limits) {
    var stored =
        io.salvor.record.v1.Limits.newBuilder()
            .setDeadline(Scalars.duration(limits.deadline()))
            .setSilence(Scalars.duration(limits.silence()))
            .setFirstEvent(Scalars.duration(limits.firstEvent()))
            .setResultGrace(Scalars.duration(limits.resultGrace()));
    limits.cost().ifPresent(cost -> stored.setCostMicroUsd(cost.value()));
    limits.tokens().ifPresent(stored::setTokens);
    limits.turns().ifPresent(stored::setTurns);
    if (limits.outputBytes() != Limits.DEFAULT_OUTPUT_BYTES) {
      stored.setOutputBytes(limits.outputBytes());
    }
    return stored.build();
  }

  private static Limits limits(io.salvor.record.v1.Limits stored) {
    return new Limits(
        Scalars.duration(stored.getDeadline()),
        Scalars.duration(stored.getSilence()),
        Scalars.duration(stored.getFirstEvent()),
        Scalars.duration(stored.getResultGrace()),
        stored.hasCostMicroUsd()
            ? Optional.of(new MicroUsd(stored.getCostMicroUsd()))
            : Optional.empty(),
        stored.hasTokens() ? OptionalLong.of(stored.getTokens()) : OptionalLong.empty(),
        stored.hasTurns() ? OptionalInt.of(stored.getTurns()) : OptionalInt.empty(),
        stored.hasOutputBytes() ? stored.getOutputBytes() : Limits.DEFAULT_OUTPUT_BYTES);
  }
}
