package io.salvor.records;

import io.salvor.domain.access.Actor;
import io.salvor.domain.task.Attempt;
import io.salvor.domain.task.TaskState;
import io.salvor.domain.workspace.Workspace;
import io.salvor.record.v1.OpenAttempt;
import java.util.Optional;

/// Where a task stands, as it is stored in a snapshot.
final class StateValues {
  private StateValues() {}

  static io.salvor.record.v1.TaskState state(TaskState state) {
    var stored = io.salvor.record.v1.TaskState.newBuilder();
    switch (state) {
      case TaskState.Pending pending -> {
        var builder =
            stored
                .getPendingBuilder()
                .addAllWaitingFor(Scalars.tasks(pending.waitingFor()))
                .setDispatch(pending.dispatch().isPresent());
        pending.dispatch().ifPresent(it -> builder.setMode(SpecValues.START_MODE.stored(it)));
      }
      case TaskState.Ready ready -> {
        var builder = stored.getReadyBuilder();
        ready.wakeUp().ifPresent(it -> builder.setWakeUp(wakeUp(it)));
      }
      case TaskState.Queued queued ->
          stored
              .getQueuedBuilder()
              .setMode(SpecValues.START_MODE.stored(queued.mode()))
              .setFailedStarts(queued.failedStarts());
      case TaskState.Claimed claimed -> {
        var builder =
            stored
                .getClaimedBuilder()
                .setAttempt(attempt(claimed.attempt()))
                .setFailedStarts(claimed.failedStarts());
        claimed.workspace().ifPresent(it -> builder.setWorkspace(RunValues.workspace(it)));
      }
      case TaskState.Running running ->
          stored
              .getRunningBuilder()
              .setAttempt(attempt(running.attempt()))
              .setWorkspace(RunValues.workspace(running.workspace()))
              .setProcess(RunValues.process(running.process()))
              .setSince(Scalars.moment(running.since()))
              .setProgress(TaskSnapshots.progress(running.progress()));
      case TaskState.Stopping stopping -> stored.setStopping(stopping(stopping));
      case TaskState.Verifying verifying ->
          stored
              .getVerifyingBuilder()
              .setAttempt(attempt(verifying.attempt()))
              .setWorkspace(RunValues.workspace(verifying.workspace()))
              .setHead(verifying.head());
      case TaskState.Review review ->
          stored
              .getReviewBuilder()
              .setHead(review.head())
              .addAllExecutors(Scalars.actors(review.executors()));
      case TaskState.Approved approved -> {
        var builder =
            stored
                .getApprovedBuilder()
                .setHead(approved.head())
                .addAllExecutors(Scalars.actors(approved.executors()))
                .setBy(approved.by().value());
        approved.refusal().ifPresent(it -> builder.setRefusal(ReviewKinds.refused(it)));
      }
      case TaskState.Merging merging ->
          stored
              .getMergingBuilder()
              .setHead(merging.head())
              .addAllExecutors(Scalars.actors(merging.executors()))
              .setBy(merging.by().value())
              .setTarget(merging.target());
      case TaskState.Merged merged ->
          stored
              .getMergedBuilder()
              .setHead(merged.head())
              .setBy(merged.by().value())
              .setTarget(merged.target())
              .setTargetCommit(merged.targetCommit());
      case TaskState.Blocked(var question) -> stored.getBlockedBuilder().setQuestion(question);
      case TaskState.Paused(var reason) -> stored.getPausedBuilder().setReason(reason);
      case TaskState.NeedsFix(var head, var detail) ->
          stored.getNeedsFixBuilder().setHead(head).setDetail(detail);
      case TaskState.Failed(var ending) ->
          stored.getFailedBuilder().setEnding(RunValues.ending(ending));
      case TaskState.Rejected(var by, var reason) ->
          stored.getRejectedBuilder().setBy(by.value()).setReason(reason);
      case TaskState.Cancelled(var by, var reason) ->
          stored.getCancelledBuilder().setBy(by.value()).setReason(reason);
      case TaskState.Skipped(var by, var reason) ->
          stored.getSkippedBuilder().setBy(by.value()).setReason(reason);
    }
    return stored.build();
  }

  static TaskState state(io.salvor.record.v1.TaskState stored) {
    return switch (stored.getStateCase()) {
      case PENDING ->
          new TaskState.Pending(
              Scalars.tasksOf(stored.getPending().getWaitingForList()),
              stored.getPending().getDispatch()
                  ? Optional.of(SpecValues.START_MODE.ours(stored.getPending().getMode()))
                  : Optional.empty());
      case READY -> new TaskState.Ready(wakeUp(stored.getReady()));
      case QUEUED ->
          new TaskState.Queued(
              SpecValues.START_MODE.ours(stored.getQueued().getMode()),
              stored.getQueued().getFailedStarts());
      case CLAIMED -> claimed(stored.getClaimed());
      case RUNNING -> running(stored.getRunning());
      case STOPPING -> stopping(stored.getStopping());
      case VERIFYING ->
          new TaskState.Verifying(
              attempt(stored.getVerifying().getAttempt()),
              RunValues.workspace(stored.getVerifying().getWorkspace()),
              stored.getVerifying().getHead());
      case REVIEW ->
          new TaskState.Review(
              stored.getReview().getHead(),
              Scalars.actorsOf(stored.getReview().getExecutorsList()));
      case APPROVED -> approved(stored.getApproved());
      case MERGING -> merging(stored.getMerging());
      case MERGED ->
          new TaskState.Merged(
              stored.getMerged().getHead(),
              new Actor(stored.getMerged().getBy()),
              stored.getMerged().getTarget(),
              stored.getMerged().getTargetCommit());
      case BLOCKED -> new TaskState.Blocked(stored.getBlocked().getQuestion());
      case PAUSED -> new TaskState.Paused(stored.getPaused().getReason());
      case NEEDS_FIX ->
          new TaskState.NeedsFix(stored.getNeedsFix().getHead(), stored.getNeedsFix().getDetail());
      case FAILED -> new TaskState.Failed(RunValues.ending(stored.getFailed().getEnding()));
      case REJECTED ->
          new TaskState.Rejected(
              new Actor(stored.getRejected().getBy()), stored.getRejected().getReason());
      case CANCELLED ->
          new TaskState.Cancelled(
              new Actor(stored.getCancelled().getBy()), stored.getCancelled().getReason());
      case SKIPPED ->
          new TaskState.Skipped(
              new Actor(stored.getSkipped().getBy()), stored.getSkipped().getReason());
      case STATE_NOT_SET -> throw new Malformed("a task is in a state");
    };
  }

  private static OpenAttempt attempt(Attempt attempt) {
    return OpenAttempt.newBuilder()
        .setRef(Scalars.attempt(attempt.ref()))
        .setMode(SpecValues.START_MODE.stored(attempt.mode()))
        .setClaimedAt(Scalars.time(attempt.claimedAt()))
        .build();
  }

  private static Attempt attempt(OpenAttempt stored) {
    return new Attempt(
        Scalars.attempt(stored.getRef()),
        SpecValues.START_MODE.ours(stored.getMode()),
        Scalars.time(stored.getClaimedAt()));
  }

  private static io.salvor.record.v1.TaskState.WakeUp wakeUp(TaskState.WakeUp wakeUp) {
    return io.salvor.record.v1.TaskState.WakeUp.newBuilder()
        .setNotBefore(Scalars.time(wakeUp.notBefore()))
        .setMode(SpecValues.START_MODE.stored(wakeUp.mode()))
        .setFailedStarts(wakeUp.failedStarts())
        .build();
  }

  private static Optional<TaskState.WakeUp> wakeUp(io.salvor.record.v1.TaskState.Ready ready) {
    if (!ready.hasWakeUp()) {
      return Optional.empty();
    }
    var stored = ready.getWakeUp();
    return Optional.of(
        new TaskState.WakeUp(
            Scalars.time(stored.getNotBefore()),
            SpecValues.START_MODE.ours(stored.getMode()),
            stored.getFailedStarts()));
  }

  private static TaskState.Claimed claimed(io.salvor.record.v1.TaskState.Claimed stored) {
    return new TaskState.Claimed(
        attempt(stored.getAttempt()),
        stored.getFailedStarts(),
        workspace(stored.hasWorkspace(), stored.getWorkspace()));
  }

  private static TaskState.Running running(io.salvor.record.v1.TaskState.Running stored) {
    return new TaskState.Running(
        attempt(stored.getAttempt()),
        RunValues.workspace(stored.getWorkspace()),
        RunValues.process(stored.getProcess()),
        Scalars.moment(stored.getSince()),
        TaskSnapshots.progress(stored.getProgress()));
  }

  private static io.salvor.record.v1.TaskState.Stopping stopping(TaskState.Stopping stopping) {
    var stored =
        io.salvor.record.v1.TaskState.Stopping.newBuilder()
            .setAttempt(attempt(stopping.attempt()))
            .setFailedStarts(stopping.failedStarts())
            .setProgress(TaskSnapshots.progress(stopping.progress()))
            .setCause(RunValues.STOP_CAUSE.stored(stopping.cause()))
            .setNext(RunValues.next(stopping.next()));
    stopping.workspace().ifPresent(it -> stored.setWorkspace(RunValues.workspace(it)));
    stopping.process().ifPresent(it -> stored.setProcess(RunValues.process(it)));
    return stored.build();
  }

  private static TaskState.Stopping stopping(io.salvor.record.v1.TaskState.Stopping stored) {
    return new TaskState.Stopping(
        attempt(stored.getAttempt()),
        stored.getFailedStarts(),
        workspace(stored.hasWorkspace(), stored.getWorkspace()),
        stored.hasProcess()
            ? Optional.of(RunValues.process(stored.getProcess()))
            : Optional.empty(),
        TaskSnapshots.progress(stored.getProgress()),
        RunValues.STOP_CAUSE.ours(stored.getCause()),
        RunValues.next(stored.getNext()));
  }

  private static TaskState.Approved approved(io.salvor.record.v1.TaskState.Approved stored) {
    return new TaskState.Approved(
        stored.getHead(),
        Scalars.actorsOf(stored.getExecutorsList()),
        new Actor(stored.getBy()),
        stored.hasRefusal()
            ? Optional.of(ReviewKinds.refused(stored.getRefusal()))
            : Optional.empty());
  }

  private static TaskState.Merging merging(io.salvor.record.v1.TaskState.Merging stored) {
    return new TaskState.Merging(
        stored.getHead(),
        Scalars.actorsOf(stored.getExecutorsList()),
        new Actor(stored.getBy()),
        stored.getTarget());
  }

  private static Optional<Workspace> workspace(
      boolean there, io.salvor.record.v1.Workspace stored) {
    return there ? Optional.of(RunValues.workspace(stored)) : Optional.empty();
  }
}
