package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Claimed;
import io.salvor.domain.task.TaskState.Merging;
import io.salvor.domain.task.TaskState.Running;
import io.salvor.domain.task.TaskState.Stopping;
import io.salvor.domain.task.TaskState.Verifying;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.PushOutcome;
import java.util.List;
import java.util.Optional;

/// `decide`: what follows from what an effect found out.
public final class ObservationDecider {
  private final AfterAttempt afterAttempt;

  /// @param starts when a start that failed is tried again, and an attempt that came to nothing
  /// @param adviser says what is to be done about an attempt that came to nothing
  public ObservationDecider(StartPolicy starts, Adviser adviser) {
    this.afterAttempt = new AfterAttempt(starts, adviser);
  }

  /// Judges an observation of a task; one made under an older state is dropped.
  public Outcome decide(Task task, Observation seen, Now now, long nextSeq) {
    if (seen.asOf() != task.since()) {
      return new Outcome.Dropped("seen as of " + seen.asOf() + ", changed at " + task.since());
    }
    Draft draft = new Draft(task.id(), task, now, nextSeq);
    return switch (seen.finding()) {
      case Finding.Prepared prepared -> prepared(draft, prepared.preparation());
      case Finding.SpawnTried tried -> spawnTried(draft, tried.spawn());
      case Finding.Followed _ ->
          task.state() instanceof Running running
              ? draft.add(new TaskFact.Adopted(running.attempt().ref())).accepted()
              : misplaced(task);
      case Finding.Output output -> output(draft, output.batch());
      case Finding.Exited _ -> stopRunning(draft, StopCause.EXITED);
      case Finding.LimitReached limit -> stopRunning(draft, limit.cause());
      case Finding.Gone gone -> afterAttempt.gone(draft, gone);
      case Finding.GoneUnread gone -> afterAttempt.goneUnread(draft, gone);
      case Finding.GatesRan gates -> gatesRan(draft, gates.failure());
      case Finding.Checked(var gates) ->
          task.state() instanceof Verifying verifying && verifying.byHand().isPresent()
              ? draft.add(new TaskFact.Verified(verifying.head(), gates)).accepted()
              : misplaced(task);
      case Finding.PutBack(var problem) -> Interventions.putBack(draft, problem);
      case Finding.Saved(var head) ->
          task.state() instanceof Verifying verifying && verifying.salvage().isPresent()
              ? Salvaging.saved(draft, verifying, verifying.salvage().get(), head)
              : misplaced(task);
      case Finding.MergeTried merge -> mergeTried(draft, merge.outcome());
      case Finding.PushTried push -> pushTried(draft, push.outcome());
    };
  }

  private static Outcome prepared(Draft draft, Preparation preparation) {
    if (!(draft.task().state() instanceof Claimed claimed) || claimed.workspace().isPresent()) {
      return misplaced(draft.task());
    }
    return switch (preparation) {
      case Preparation.Ready ready ->
          draft
              .add(
                  new TaskFact.WorkspaceReady(
                      claimed.attempt().ref(),
                      ready.workspace(),
                      ready.created(),
                      ready.broughtIn()))
              .add(new TaskFact.SpawnIntended(claimed.attempt().ref()))
              .accepted();
      case Preparation.Refused(var problem) ->
          startFailed(
              draft,
              claimed,
              new Next.StartAgain(
                  Reason.WORKSPACE_FAILED,
                  problem.detail(),
                  problem.hint(),
                  problem.kind().permanent()));
    };
  }

  private static Outcome spawnTried(Draft draft, Spawn spawn) {
    if (!(draft.task().state() instanceof Claimed claimed) || claimed.workspace().isEmpty()) {
      return misplaced(draft.task());
    }
    return switch (spawn) {
      case Spawn.Started started ->
          draft
              .add(
                  new TaskFact.Spawned(
                      claimed.attempt().ref(), started.process(), started.note(), draft.now()))
              .accepted();
      case Spawn.Refused(var problem) ->
          startFailed(
              draft,
              claimed,
              new Next.StartAgain(
                  Reason.SPAWN_FAILED,
                  problem.detail(),
                  problem.hint(),
                  problem.kind().permanent()));
    };
  }

  private static Outcome startFailed(Draft draft, Claimed claimed, Next.StartAgain next) {
    return draft
        .add(new TaskFact.StopIntended(claimed.attempt().ref(), StopCause.START_FAILED, next))
        .accepted();
  }

  private static Outcome output(Draft draft, OutputBatch batch) {
    Task task = draft.task();
    Optional<Attempt> attempt =
        switch (task.state()) {
          case Running running -> Optional.of(running.attempt());
          case Stopping stopping -> Optional.of(stopping.attempt());
          default -> Optional.empty();
        };
    if (attempt.isEmpty()) {
      return misplaced(task);
    }
    if (batch.from() != task.progress().offset()) {
      return new Outcome.Dropped(
          "output from " + batch.from() + " where " + task.progress().offset() + " was due");
    }
    List<AgentEvent> news =
        batch.events().stream()
            .filter(it -> !heard(task.progress(), it, batch.from() == batch.to()))
            .toList();
    if (news.isEmpty() && batch.from() == batch.to()) {
      return new Outcome.Dropped("nothing new was said");
    }
    for (AgentEvent event : Flood.recorded(task.progress(), news)) {
      draft.add(
          Actor.agent(task.spec().agent().name()),
          new TaskFact.Observed(attempt.get().ref(), batch.from(), batch.to(), event));
    }
    NearedLimits.of(draft.task()).forEach(draft::add);
    limitReached(draft.task())
        .ifPresent(cause ->
            draft.add(new TaskFact.StopIntended(attempt.get().ref(), cause, new Next.Judge())));
    return draft.accepted();
  }

  /// A closing statement that only shows at the end is told at each end, and so are the totals.
  private static boolean heard(Progress progress, AgentEvent event, boolean atTheEnd) {
    return switch (event) {
      case AgentEvent.Terminal last -> progress.words().has(last);
      case AgentEvent.Used used ->
          atTheEnd && progress.usage().max(used.total()).equals(progress.usage());
      default -> false;
    };
  }

  /// Which limit the totals of a running attempt have reached, if it has not said its last word.
  private static Optional<StopCause> limitReached(Task task) {
    if (!(task.state() instanceof Running running) || running.progress().terminal().isPresent()) {
      return Optional.empty();
    }
    Limits limits = task.spec().limits();
    if (running.progress().question().isPresent()) {
      return Optional.of(StopCause.INPUT_REQUIRED);
    }
    if (running.progress().waiting().filter(Progress.Waiting::inVain).isPresent()) {
      return Optional.of(StopCause.CREDENTIALS);
    }
    Optional<StopCause> spent = SpentLimits.spent(task);
    if (spent.isPresent()) {
      return spent;
    }
    if (limits.turns().isPresent() && task.usages().getLast().turns() > limits.turns().getAsInt()) {
      return Optional.of(StopCause.TURN_LIMIT);
    }
    int window = task.spec().recovery().loopWindow();
    return running.progress().actions().loop(window).map(_ -> StopCause.LOOP);
  }

  private static Outcome stopRunning(Draft draft, StopCause cause) {
    if (!(draft.task().state() instanceof Running running)) {
      return misplaced(draft.task());
    }
    return draft
        .add(new TaskFact.StopIntended(running.attempt().ref(), cause, new Next.Judge()))
        .accepted();
  }

  private static Outcome gatesRan(Draft draft, Optional<String> failure) {
    Task task = draft.task();
    if (!(task.state() instanceof Verifying verifying) || verifying.byHand().isPresent()) {
      return misplaced(task);
    }
    if (failure.isPresent()) {
      draft.add(new TaskFact.GatesFailed(verifying.head(), failure.get()));
      Repairing.next(draft.task(), verifying)
          .ifPresent(start -> draft.add(new TaskFact.Dispatched(start)));
      return draft.accepted();
    }
    return draft
        .add(new TaskFact.GatesPassed(verifying.head()))
        .add(new TaskFact.ReviewAsked(verifying.head(), task.executors(), "all gates passed"))
        .accepted();
  }

  private static Outcome mergeTried(Draft draft, MergeOutcome outcome) {
    if (!(draft.task().state() instanceof Merging merging)) {
      return misplaced(draft.task());
    }
    TaskFact fact =
        switch (outcome) {
          case MergeOutcome.Merged merged -> new TaskFact.Merged(merged.targetCommit());
          case MergeOutcome.Diverged diverged -> new TaskFact.ApprovalVoided(diverged.head());
          case MergeOutcome.Conflict conflict ->
              new TaskFact.MergeRefused(
                  TaskFact.MergeRefused.CONFLICT, conflict.detail(), conflict.files());
          case MergeOutcome.GatesFailed failed ->
              new TaskFact.MergeRefused(
                  TaskFact.MergeRefused.GATES_FAILED, failed.detail(), List.of());
          case MergeOutcome.TargetMoved moved ->
              new TaskFact.MergeRefused("failed", moved.detail(), List.of());
          case MergeOutcome.DirtyOverlap dirty ->
              new TaskFact.MergeRefused("dirty_overlap", dirty.detail(), dirty.files());
          case MergeOutcome.Gone gone ->
              new TaskFact.MergeRefused("gone", gone.detail(), List.of());
          case MergeOutcome.Failed failed ->
              new TaskFact.MergeRefused("failed", failed.detail(), List.of());
        };
    draft.add(fact);
    if (fact instanceof TaskFact.Merged(var commit) && merging.push().isPresent()) {
      draft.add(new TaskFact.PushIntended(merging.push().get(), merging.target(), commit));
    }
    return draft.accepted();
  }

  private static Outcome pushTried(Draft draft, PushOutcome outcome) {
    if (draft.task().isSettled() || draft.task().kind() != TaskState.Kind.MERGED) {
      return misplaced(draft.task());
    }
    return draft
        .add(
            switch (outcome) {
              case PushOutcome.Pushed _ -> new TaskFact.Pushed();
              case PushOutcome.Refused(var detail) -> new TaskFact.PushFailed(detail);
            })
        .accepted();
  }

  static Outcome misplaced(Task task) {
    return new Outcome.Dropped("says nothing about a task in " + task.kind());
  }
}
