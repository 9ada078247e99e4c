package io.salvor.records;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.agent.Spawn.LaunchNote;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.Next;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceSummary;
import io.salvor.record.v1.EndingCodepath;
import io.salvor.record.v1.EndingReason;
import java.util.Optional;
import java.util.OptionalInt;

/// What belongs to one run, from its workspace to its end, as it is stored.
final class RunValues {
  static final Same<StopCause, io.salvor.record.v1.StopCause> STOP_CAUSE =
      Same.of(StopCause.class, io.salvor.record.v1.StopCause.class, "STOP_CAUSE_");
  private static final Same<Ending.Codepath, EndingCodepath> CODEPATH =
      Same.of(Ending.Codepath.class, EndingCodepath.class, "ENDING_CODEPATH_");
  static final Same<Ending.Reason, EndingReason> REASON =
      Same.of(Ending.Reason.class, EndingReason.class, "ENDING_REASON_");

  private RunValues() {}

  static io.salvor.record.v1.Workspace workspace(Workspace workspace) {
    return io.salvor.record.v1.Workspace.newBuilder()
        .setPath(workspace.path())
        .setBranch(workspace.branch())
        .setBaseCommit(workspace.baseCommit())
        .build();
  }

  static Workspace workspace(io.salvor.record.v1.Workspace stored) {
    return new Workspace(stored.getPath(), stored.getBranch(), stored.getBaseCommit());
  }

  static io.salvor.record.v1.WorkspaceSummary summary(WorkspaceSummary summary) {
    var stored =
        io.salvor.record.v1.WorkspaceSummary.newBuilder()
            .setPresent(summary.present())
            .setCommitsAhead(summary.commitsAhead())
            .setUncommittedFiles(summary.uncommittedFiles());
    summary.head().ifPresent(stored::setHead);
    summary.snapshot().ifPresent(stored::setSnapshot);
    summary.elsewhere().ifPresent(stored::setElsewhere);
    return stored.build();
  }

  static WorkspaceSummary summary(io.salvor.record.v1.WorkspaceSummary stored) {
    return new WorkspaceSummary(
        stored.getPresent(),
        stored.hasHead() ? Optional.of(stored.getHead()) : Optional.empty(),
        stored.getCommitsAhead(),
        stored.getUncommittedFiles(),
        stored.hasSnapshot() ? Optional.of(stored.getSnapshot()) : Optional.empty(),
        stored.hasElsewhere() ? Optional.of(stored.getElsewhere()) : Optional.empty());
  }

  static io.salvor.record.v1.ProcessIdentity process(ProcessIdentity process) {
    return io.salvor.record.v1.ProcessIdentity.newBuilder()
        .setPid(process.pid())
        .setStartTicks(process.startTicks())
        .setBootId(process.bootId())
        .setMarker(process.marker())
        .build();
  }

  static ProcessIdentity process(io.salvor.record.v1.ProcessIdentity stored) {
    return new ProcessIdentity(
        stored.getPid(), stored.getStartTicks(), stored.getBootId(), stored.getMarker());
  }

  static io.salvor.record.v1.LaunchNote note(LaunchNote note) {
    return io.salvor.record.v1.LaunchNote.newBuilder()
        .addAllCommand(note.command())
        .addAllEnvironmentPassed(note.environmentPassed())
        .addAllEnvironmentWithheld(note.environmentWithheld())
        .setEndpoint(note.endpoint())
        .build();
  }

  static LaunchNote note(io.salvor.record.v1.LaunchNote stored) {
    return new LaunchNote(
        stored.getCommandList(),
        stored.getEnvironmentPassedList(),
        stored.getEnvironmentWithheldList(),
        stored.getEndpoint());
  }

  static io.salvor.record.v1.Ending ending(Ending ending) {
    return io.salvor.record.v1.Ending.newBuilder()
        .setCodepath(CODEPATH.stored(ending.codepath()))
        .setReason(REASON.stored(ending.reason()))
        .setDetail(ending.detail())
        .build();
  }

  static Ending ending(io.salvor.record.v1.Ending stored) {
    return new Ending(
        CODEPATH.ours(stored.getCodepath()), REASON.ours(stored.getReason()), stored.getDetail());
  }

  static io.salvor.record.v1.Evidence evidence(Evidence evidence) {
    return io.salvor.record.v1.Evidence.newBuilder()
        .setExit(exit(evidence.exit()))
        .setOomKilled(evidence.oomKilled())
        .setSameBoot(evidence.sameBoot())
        .setOutputAtStop(evidence.outputAtStop())
        .setReadFailed(evidence.readFailed())
        .setEndedAtDeadline(evidence.shimStop() == ShimStop.DEADLINE)
        .setWindowClosed(evidence.shimStop() == ShimStop.WINDOW_CLOSED)
        .setSurvivorsKilled(evidence.survivorsKilled())
        .build();
  }

  static Evidence evidence(io.salvor.record.v1.Evidence stored) {
    return new Evidence(
        exit(stored.getExit()),
        stored.getOomKilled(),
        stored.getSameBoot(),
        stored.getOutputAtStop(),
        stored.getReadFailed(),
        shimStop(stored),
        stored.getSurvivorsKilled());
  }

  private static ShimStop shimStop(io.salvor.record.v1.Evidence stored) {
    if (stored.getEndedAtDeadline()) {
      return ShimStop.DEADLINE;
    }
    return stored.getWindowClosed() ? ShimStop.WINDOW_CLOSED : ShimStop.NONE;
  }

  private static io.salvor.record.v1.Exit exit(Exit exit) {
    var stored = io.salvor.record.v1.Exit.newBuilder();
    switch (exit) {
      case Exit.Status status -> {
        var value = stored.getStatusBuilder();
        value.setValue(status.value()).setUsedByProtocol(status.usedByProtocol());
        status.providerStatus().ifPresent(value::setProviderStatus);
      }
      case Exit.Unknown _ -> stored.getUnknownBuilder();
    }
    return stored.build();
  }

  private static Exit exit(io.salvor.record.v1.Exit stored) {
    return switch (stored.getExitCase()) {
      case STATUS -> status(stored.getStatus());
      case UNKNOWN -> new Exit.Unknown();
      case EXIT_NOT_SET -> throw new Malformed("an exit says how");
    };
  }

  private static Exit status(io.salvor.record.v1.Exit.Status stored) {
    return new Exit.Status(
        stored.getValue(),
        stored.getUsedByProtocol(),
        stored.hasProviderStatus()
            ? OptionalInt.of(stored.getProviderStatus())
            : OptionalInt.empty());
  }

  static io.salvor.record.v1.Next next(Next next) {
    var stored = io.salvor.record.v1.Next.newBuilder();
    switch (next) {
      case Next.Judge _ -> stored.getJudgeBuilder();
      case Next.Cancel(var by, var reason) ->
          stored.getCancelBuilder().setBy(by.value()).setReason(reason);
      case Next.Pause(var by, var reason) ->
          stored.getPauseBuilder().setBy(by.value()).setReason(reason);
      case Next.StartAgain again ->
          stored
              .getStartAgainBuilder()
              .setReason(REASON.stored(again.reason()))
              .setDetail(again.detail())
              .setHint(again.hint())
              .setPermanent(again.permanent());
    }
    return stored.build();
  }

  static Next next(io.salvor.record.v1.Next stored) {
    return switch (stored.getNextCase()) {
      case JUDGE -> new Next.Judge();
      case CANCEL ->
          new Next.Cancel(new Actor(stored.getCancel().getBy()), stored.getCancel().getReason());
      case PAUSE ->
          new Next.Pause(new Actor(stored.getPause().getBy()), stored.getPause().getReason());
      case START_AGAIN -> {
        var again = stored.getStartAgain();
        yield new Next.StartAgain(
            REASON.ours(again.getReason()),
            again.getDetail(),
            again.getHint(),
            again.getPermanent());
      }
      case NEXT_NOT_SET -> throw new Malformed("a stop says where to go next");
    };
  }
}
