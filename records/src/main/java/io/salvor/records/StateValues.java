package io.salvor.records;

import io.salvor.domain.access.Actor;
import io.salvor.domain.task.Attempt;
import io.salvor.domain.task.Salvage;
import io.salvor.domain.task.Start;
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
        ready
            .reopened()
            .ifPresent(
                it -> builder.getReopenedBuilder().setBy(it.by().value()).setReason(it.reason()));
        ready.reset().ifPresent(it -> builder.setReset(InterventionKinds.reset(it)));
      }
      case TaskState.Queued queued ->
          stored
              .getQueuedBuilder()
              .setMode(SpecValues.START_MODE.stored(queued.start().mode()))
              .setFailedStarts(queued.start().failedStarts())
              .setRetries(queued.start().retries());
      case TaskState.Claimed claimed -> {
        var builder = stored.getClaimedBuilder().setAttempt(attempt(claimed.attempt()));
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
      case TaskState.Verifying verifying -> {
        var builder =
            stored
                .getVerifyingBuilder()
                .setAttempt(attempt(verifying.attempt()))
                .setWorkspace(RunValues.workspace(verifying.workspace()))
                .setHead(verifying.head());
        verifying.salvage().ifPresent(it -> builder.setSalvage(salvage(it)));
        verifying
            .byHand()
            .ifPresent(it ->
                builder.getByHandBuilder().setBy(it.by().value()).setBefore(state(it.before())));
      }
      case TaskState.Review review -> stored.setReview(ReviewValues.review(review));
      case TaskState.Approved approved -> stored.setApproved(ReviewValues.approved(approved));
      case TaskState.Merging merging -> stored.setMerging(ReviewValues.merging(merging));
      case TaskState.Merged merged -> stored.setMerged(ReviewValues.merged(merged));
      case TaskState.Blocked(var question) -> stored.getBlockedBuilder().setQuestion(question);
      case TaskState.Paused(var by, var reason) ->
          stored.getPausedBuilder().setBy(by.value()).setReason(reason);
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
      case READY ->
          new TaskState.Ready(
              wakeUp(stored.getReady()),
              reopened(stored.getReady()),
              stored.getReady().hasReset()
                  ? Optional.of(InterventionKinds.reset(stored.getReady().getReset()))
                  : Optional.empty());
      case QUEUED ->
          new TaskState.Queued(
              new Start(
                  SpecValues.START_MODE.ours(stored.getQueued().getMode()),
                  stored.getQueued().getFailedStarts(),
                  stored.getQueued().getRetries()));
      case CLAIMED -> claimed(stored.getClaimed());
      case RUNNING -> running(stored.getRunning());
      case STOPPING -> stopping(stored.getStopping());
      case VERIFYING ->
          new TaskState.Verifying(
              attempt(stored.getVerifying().getAttempt()),
              RunValues.workspace(stored.getVerifying().getWorkspace()),
              stored.getVerifying().getHead(),
              stored.getVerifying().hasSalvage()
                  ? Optional.of(salvage(stored.getVerifying().getSalvage()))
                  : Optional.empty(),
              stored.getVerifying().hasByHand()
                  ? Optional.of(byHand(stored.getVerifying().getByHand()))
                  : Optional.empty());
      case REVIEW -> ReviewValues.review(stored.getReview());
      case APPROVED -> ReviewValues.approved(stored.getApproved());
      case MERGING -> ReviewValues.merging(stored.getMerging());
      case MERGED -> ReviewValues.merged(stored.getMerged());
      case BLOCKED -> new TaskState.Blocked(stored.getBlocked().getQuestion());
      case PAUSED ->
          new TaskState.Paused(
              new Actor(stored.getPaused().getBy()), stored.getPaused().getReason());
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

  private static io.salvor.record.v1.TaskState.Salvage salvage(Salvage salvage) {
    var stored =
        io.salvor.record.v1.TaskState.Salvage.newBuilder()
            .setBy(salvage.by().value())
            .setSummary(salvage.summary());
    salvage.domain().ifPresent(stored::setDomain);
    return stored.build();
  }

  private static Salvage salvage(io.salvor.record.v1.TaskState.Salvage stored) {
    return new Salvage(
        new Actor(stored.getBy()),
        stored.getSummary(),
        stored.hasDomain() ? Optional.of(stored.getDomain()) : Optional.empty());
  }

  private static TaskState.ByHand byHand(io.salvor.record.v1.TaskState.ByHand stored) {
    return new TaskState.ByHand(new Actor(stored.getBy()), state(stored.getBefore()));
  }

  private static OpenAttempt attempt(Attempt attempt) {
    var stored =
        OpenAttempt.newBuilder()
            .setRef(Scalars.attempt(attempt.ref()))
            .setMode(SpecValues.START_MODE.stored(attempt.mode()))
            .setClaimedAt(Scalars.time(attempt.claimedAt()))
            .setRetries(attempt.start().retries())
            .setFailedStarts(attempt.start().failedStarts());
    attempt.broughtIn().ifPresent(it -> stored.setBroughtIn(MergeValues.broughtIn(it)));
    return stored.build();
  }

  private static Attempt attempt(OpenAttempt stored) {
    return new Attempt(
        Scalars.attempt(stored.getRef()),
        new Start(
            SpecValues.START_MODE.ours(stored.getMode()),
            stored.getFailedStarts(),
            stored.getRetries()),
        Scalars.time(stored.getClaimedAt()),
        stored.hasBroughtIn()
            ? Optional.of(MergeValues.broughtIn(stored.getBroughtIn()))
            : Optional.empty());
  }

  private static io.salvor.record.v1.TaskState.WakeUp wakeUp(TaskState.WakeUp wakeUp) {
    return io.salvor.record.v1.TaskState.WakeUp.newBuilder()
        .setSince(Scalars.time(wakeUp.since()))
        .setNotBefore(Scalars.time(wakeUp.notBefore()))
        .setMode(SpecValues.START_MODE.stored(wakeUp.start().mode()))
        .setFailedStarts(wakeUp.start().failedStarts())
        .setRetries(wakeUp.start().retries())
        .setWhy(wakeUp.why())
        .build();
  }

  private static Optional<TaskState.WakeUp> wakeUp(io.salvor.record.v1.TaskState.Ready ready) {
    if (!ready.hasWakeUp()) {
      return Optional.empty();
    }
    var stored = ready.getWakeUp();
    return Optional.of(
        new TaskState.WakeUp(
            Scalars.time(stored.getSince()),
            Scalars.time(stored.getNotBefore()),
            new Start(
                SpecValues.START_MODE.ours(stored.getMode()),
                stored.getFailedStarts(),
                stored.getRetries()),
            stored.getWhy()));
  }

  private static TaskState.Claimed claimed(io.salvor.record.v1.TaskState.Claimed stored) {
    return new TaskState.Claimed(
        attempt(stored.getAttempt()), workspace(stored.hasWorkspace(), stored.getWorkspace()));
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
        workspace(stored.hasWorkspace(), stored.getWorkspace()),
        stored.hasProcess()
            ? Optional.of(RunValues.process(stored.getProcess()))
            : Optional.empty(),
        TaskSnapshots.progress(stored.getProgress()),
        RunValues.STOP_CAUSE.ours(stored.getCause()),
        RunValues.next(stored.getNext()));
  }

  private static Optional<TaskState.Note> reopened(io.salvor.record.v1.TaskState.Ready ready) {
    return ready.hasReopened()
        ? Optional.of(
            new TaskState.Note(
                new Actor(ready.getReopened().getBy()), ready.getReopened().getReason()))
        : Optional.empty();
  }

  private static Optional<Workspace> workspace(
      boolean there, io.salvor.record.v1.Workspace stored) {
    return there ? Optional.of(RunValues.workspace(stored)) : Optional.empty();
  }
}
