package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.task.Ending.Codepath;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Claimed;
import io.salvor.domain.task.TaskState.Merging;
import io.salvor.domain.task.TaskState.Running;
import io.salvor.domain.task.TaskState.Stopping;
import io.salvor.domain.task.TaskState.Verifying;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.PushOutcome;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.List;
import java.util.Optional;

/// `decide`: what follows from what an effect found out.
public final class ObservationDecider {
  /// So often an agent is started again at its own wish before a person has to look.
  private static final int RELOADS_IN_A_ROW = 20;

  private final StartPolicy starts;

  public ObservationDecider(StartPolicy starts) {
    this.starts = starts;
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
      case Finding.Gone gone -> gone(draft, gone.evidence(), gone.workspace());
      case Finding.GatesRan gates -> gatesRan(draft, gates.failure());
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
    for (AgentEvent event : batch.events()) {
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

  /// Which limit the totals of a running attempt have reached, if it has not said its last word.
  private static Optional<StopCause> limitReached(Task task) {
    if (!(task.state() instanceof Running running) || running.progress().terminal().isPresent()) {
      return Optional.empty();
    }
    Limits limits = task.spec().limits();
    if (running.progress().question().isPresent()) {
      return Optional.of(StopCause.INPUT_REQUIRED);
    }
    Optional<StopCause> spent = spent(task);
    if (spent.isPresent()) {
      return spent;
    }
    if (limits.turns().isPresent() && task.usages().getLast().turns() > limits.turns().getAsInt()) {
      return Optional.of(StopCause.TURN_LIMIT);
    }
    return Optional.empty();
  }

  /// Which limit over all attempts nothing is left of.
  private static Optional<StopCause> spent(Task task) {
    Limits limits = task.spec().limits();
    Optional<MicroUsd> cost = task.cost();
    if (limits.cost().isPresent()
        && cost.isPresent()
        && cost.get().compareTo(limits.cost().get()) >= 0) {
      return Optional.of(StopCause.COST_LIMIT);
    }
    return limits.tokens().isPresent() && task.tokens() >= limits.tokens().getAsLong()
        ? Optional.of(StopCause.TOKEN_LIMIT)
        : Optional.empty();
  }

  private static Outcome stopRunning(Draft draft, StopCause cause) {
    if (!(draft.task().state() instanceof Running running)) {
      return misplaced(draft.task());
    }
    return draft
        .add(new TaskFact.StopIntended(running.attempt().ref(), cause, new Next.Judge()))
        .accepted();
  }

  private Outcome gone(Draft draft, Evidence evidence, WorkspaceSummary workspace) {
    if (!(draft.task().state() instanceof Stopping stopping)) {
      return misplaced(draft.task());
    }
    boolean started = ran(stopping, evidence);
    Ending ending = ending(draft.task(), stopping, evidence, started);
    draft.add(
        new TaskFact.AttemptEnded(
            stopping.attempt().ref(),
            started,
            ending,
            started ? Optional.of(evidence) : Optional.empty(),
            workspace,
            draft.now().wall()));
    return switch (stopping.next()) {
      case Next.Cancel cancel ->
          draft.add(cancel.by(), new TaskFact.Cancelled(cancel.reason())).accepted();
      case Next.Pause pause when !ending.success() || stopping.progress().reloadAsked() ->
          draft.add(pause.by(), new TaskFact.Paused(pause.reason())).accepted();
      case Next.Pause _, Next.Judge _ -> judged(draft, stopping, ending, workspace);
      case Next.StartAgain again -> startAgain(draft, stopping, again, ending);
    };
  }

  /// A server that went down between a start and its record never saw the process: what the agent
  /// left speaks for it (Z5).
  private static boolean ran(Stopping stopping, Evidence evidence) {
    boolean leftTraces = stopping.progress().events() > 0 || evidence.exit() instanceof Exit.Status;
    return stopping.process().isPresent()
        || (leftTraces && stopping.cause() != StopCause.START_FAILED);
  }

  private static Ending ending(Task task, Stopping stopping, Evidence evidence, boolean started) {
    if (started) {
      return EndingClassifier.classify(
          stopping.cause(), stopping.progress(), evidence, task.spec().agent().protocol());
    }
    return stopping.next() instanceof Next.StartAgain again
        ? new Ending(Codepath.START_FAILED, again.reason(), again.detail())
        : new Ending(
            Codepath.STOPPED,
            stopping.cause() == StopCause.FREEZE ? Reason.FROZEN : Reason.CANCELLED,
            "before the agent started");
  }

  private static Outcome judged(
      Draft draft, Stopping stopping, Ending ending, WorkspaceSummary workspace) {
    if (wantsReload(stopping, ending)) {
      return reload(draft, stopping.attempt().mode());
    }
    if (ending.success()) {
      return succeeded(draft, stopping, ending, workspace.head());
    }
    TaskFact next =
        switch (ending.reason()) {
          case INPUT_REQUIRED -> new TaskFact.Blocked(ending.detail());
          case COST_LIMIT, TOKEN_LIMIT -> new TaskFact.Paused(ending.detail());
          default -> new TaskFact.Failed(ending);
        };
    return draft.add(next).accepted();
  }

  /// An agent that asked for it is started again, unless a limit ended it before its last word.
  private static boolean wantsReload(Stopping stopping, Ending ending) {
    return stopping.progress().reloadAsked() && (ending.success() || !stopping.cause().wished());
  }

  private static Outcome reload(Draft draft, StartMode mode) {
    return draft.add(afterReload(draft.task(), mode)).accepted();
  }

  /// An agent that only ever asks to be started again must not go on for ever unseen.
  private static TaskFact afterReload(Task task, StartMode mode) {
    if (spent(task).isPresent()) {
      return new TaskFact.Paused("the agent asked to go on, and its limits are spent");
    }
    return reloadsInARow(task) < RELOADS_IN_A_ROW
        ? new TaskFact.Dispatched(
            mode == StartMode.RESOLVE ? StartMode.RESOLVE : StartMode.RESUME, 0)
        : new TaskFact.Paused(
            "the agent asked " + RELOADS_IN_A_ROW + " times in a row to be started again");
  }

  private static long reloadsInARow(Task task) {
    return task.attempts().reversed().stream()
        .takeWhile(past -> past.progress().reloadAsked())
        .count();
  }

  private static Outcome succeeded(
      Draft draft, Stopping stopping, Ending ending, Optional<String> branch) {
    Task task = draft.task();
    if (branch.isEmpty()) {
      var gone =
          new Ending(
              ending.codepath(),
              Reason.WORKSPACE_FAILED,
              "the branch " + task.branch() + " is gone");
      return draft.add(new TaskFact.Failed(gone)).accepted();
    }
    String head = branch.get();
    if (stopping.attempt().broughtIn().orElse(null) instanceof BroughtIn.Conflicts conflicts
        && conflicts.head().equals(head)) {
      return draft.add(new TaskFact.ConflictsLeft(head, conflicts.files())).accepted();
    }
    if (!task.spec().gates().isEmpty() && stopping.workspace().isPresent()) {
      Workspace workspace = stopping.workspace().get();
      return draft
          .add(new TaskFact.GatesIntended(stopping.attempt().ref(), workspace, head))
          .accepted();
    }
    return draft.add(new TaskFact.ReviewAsked(head, task.executors(), ending.detail())).accepted();
  }

  private Outcome startAgain(Draft draft, Stopping stopping, Next.StartAgain again, Ending ending) {
    int failed = stopping.failedStarts() + 1;
    if (again.permanent() || failed >= starts.maxFailedStarts()) {
      return draft.add(new TaskFact.Failed(ending)).accepted();
    }
    long seed = draft.task().id().value().getLeastSignificantBits() + failed;
    return draft
        .add(
            new TaskFact.Parked(
                draft.now().wall().plus(starts.delayAfter(failed, seed)),
                stopping.attempt().mode(),
                failed,
                ending.detail()))
        .accepted();
  }

  private static Outcome gatesRan(Draft draft, Optional<String> failure) {
    Task task = draft.task();
    if (!(task.state() instanceof Verifying verifying)) {
      return misplaced(task);
    }
    if (failure.isPresent()) {
      return draft.add(new TaskFact.GatesFailed(verifying.head(), failure.get())).accepted();
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

  private static Outcome misplaced(Task task) {
    return new Outcome.Dropped("says nothing about a task in " + task.kind());
  }
}
