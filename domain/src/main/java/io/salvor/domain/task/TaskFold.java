package io.salvor.domain.task;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.TaskState.Approved;
import io.salvor.domain.task.TaskState.Claimed;
import io.salvor.domain.task.TaskState.Merging;
import io.salvor.domain.task.TaskState.Pending;
import io.salvor.domain.task.TaskState.Queued;
import io.salvor.domain.task.TaskState.Ready;
import io.salvor.domain.task.TaskState.Review;
import io.salvor.domain.task.TaskState.Running;
import io.salvor.domain.task.TaskState.Stopping;
import io.salvor.domain.task.TaskState.Verifying;
import io.salvor.domain.task.TaskState.WakeUp;
import io.salvor.domain.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `evolve`: what a task is after one more fact. A fact that does not fit is a bug and throws
/// IllegalStateException.
public final class TaskFold {
  private TaskFold() {}

  /// The task after `recorded`; `task` is null before its first fact.
  public static Task evolve(@Nullable Task task, Recorded recorded) {
    if (recorded.fact() instanceof TaskFact.Created created) {
      if (task != null) {
        throw misfit(task, recorded);
      }
      TaskState first =
          created.waitingFor().isEmpty()
              ? new Ready(Optional.empty())
              : new Pending(created.waitingFor(), Optional.empty());
      long seq = recorded.seq();
      return new Task(
          recorded.task(),
          created.display(),
          created.spec(),
          first,
          seq,
          seq,
          recorded.actor(),
          recorded.at(),
          recorded.at(),
          List.of(),
          Optional.empty(),
          List.of(),
          0,
          0,
          List.of());
    }
    if (task == null) {
      throw new IllegalStateException("a thread begins with its creation, not with " + recorded);
    }
    return next(task, recorded);
  }

  private static Task next(Task task, Recorded recorded) {
    return switch (recorded.fact()) {
      case TaskFact.Created _ -> throw misfit(task, recorded);
      case TaskFact.DependencyMet met -> afterDependency(task, met.dependency(), recorded);
      case TaskFact.Dispatched dispatched ->
          task.state() instanceof Pending pending
              ? task.in(
                  new Pending(pending.waitingFor(), Optional.of(dispatched.start().mode())),
                  recorded)
              : task.in(new Queued(dispatched.start()), recorded);
      case TaskFact.Claimed claimed -> {
        Queued queued = expect(task, Queued.class, recorded);
        var attempt = new Attempt(claimed.attempt(), queued.start(), recorded.at());
        yield task.claimed(new Claimed(attempt, Optional.empty()), recorded);
      }
      case TaskFact.WorkspaceReady ready -> {
        Claimed claimed = expect(task, Claimed.class, recorded);
        Attempt attempt = claimed.attempt();
        yield task.prepared(
            new Claimed(
                new Attempt(attempt.ref(), attempt.start(), attempt.claimedAt(), ready.broughtIn()),
                Optional.of(ready.workspace())),
            recorded);
      }
      case TaskFact.Spawned spawned -> {
        Claimed claimed = expect(task, Claimed.class, recorded);
        Workspace workspace = claimed.workspace().orElseThrow(() -> misfit(task, recorded));
        yield task.in(
                new Running(
                    claimed.attempt(), workspace, spawned.process(), spawned.at(), Progress.NONE),
                recorded)
            .executedByAgent();
      }
      case TaskFact.Observed observed -> task.adjusted(afterOutput(task, observed, recorded));
      case TaskFact.StopIntended stop -> task.in(stopping(task, stop, recorded), recorded);
      case TaskFact.StopRedirected redirected -> {
        Stopping stopping = expect(task, Stopping.class, recorded);
        yield task.adjusted(
                new Stopping(
                    stopping.attempt(),
                    stopping.workspace(),
                    stopping.process(),
                    stopping.progress(),
                    stopping.cause(),
                    redirected.next()))
            .told(recorded);
      }
      case TaskFact.AttemptEnded ended -> {
        Stopping stopping = expect(task, Stopping.class, recorded);
        Task over =
            task.with(
                new PastAttempt(
                    ended.attempt(),
                    stopping.attempt().start(),
                    task.spec().agent().name(),
                    task.spec().agent().protocol(),
                    stopping.attempt().claimedAt(),
                    ended.at(),
                    ended.started(),
                    ended.ending(),
                    stopping.progress(),
                    ended.evidence().filter(it -> it.outputAtStop() > 0).isPresent(),
                    ended.workspace(),
                    Optional.empty(),
                    Optional.empty()),
                recorded);
        yield ended.started() ? over.executedByAgent() : over;
      }
      case TaskFact.GatesIntended gates -> {
        Stopping stopping = expect(task, Stopping.class, recorded);
        yield task.in(
            new Verifying(
                stopping.attempt(),
                gates.workspace(),
                gates.head(),
                Optional.empty(),
                Optional.empty()),
            recorded);
      }
      case TaskFact.VerifyIntended verify -> {
        PastAttempt last = task.attempts().getLast();
        yield task.in(
            new Verifying(
                new Attempt(last.ref(), last.start(), last.claimedAt()),
                verify.workspace(),
                verify.head(),
                Optional.empty(),
                Optional.of(new TaskState.ByHand(recorded.actor(), task.state()))),
            recorded);
      }
      case TaskFact.Verified _ -> {
        Verifying verifying = expect(task, Verifying.class, recorded);
        yield task.in(
            verifying.byHand().orElseThrow(() -> misfit(task, recorded)).before(), recorded);
      }
      case TaskFact.SalvageIntended salvage -> {
        PastAttempt left = task.lastStarted().orElseThrow(() -> misfit(task, recorded));
        var attempt = new Attempt(left.ref(), left.start(), left.claimedAt());
        yield task.in(
            new Verifying(
                attempt,
                salvage.workspace(),
                salvage.head(),
                Optional.of(new Salvage(recorded.actor(), salvage.summary(), salvage.domain())),
                Optional.empty()),
            recorded);
      }
      case TaskFact.GatesFailed failed ->
          task.withGateFailure(failed.detail())
              .in(new TaskState.NeedsFix(failed.head(), failed.detail()), recorded);
      case TaskFact.ConflictsLeft left ->
          task.in(
              new TaskState.NeedsFix(
                  left.head(), "conflicts are left in " + String.join(", ", left.files())),
              recorded);
      case TaskFact.ReviewAsked asked ->
          task.in(
                  new Review(
                      asked.head(),
                      asked.executors(),
                      new Submission(asked.summary(), asked.domain())),
                  recorded)
              .executedBy(asked.executors());
      case TaskFact.Approved approved -> {
        Review review = expect(task, Review.class, recorded);
        yield task.in(
            new Approved(
                approved.head(),
                review.executors(),
                new Verdict(recorded.actor(), approved.notes(), approved.domain()),
                Optional.empty()),
            recorded);
      }
      case TaskFact.ApprovalVoided voided -> {
        yield switch (task.state()) {
          case Merging merging ->
              task.in(new Review(voided.newHead(), merging.executors()), recorded);
          case Approved approved ->
              task.in(new Review(voided.newHead(), approved.executors()), recorded);
          default -> throw misfit(task, recorded);
        };
      }
      case TaskFact.MergeIntended merge -> {
        Approved approved = expect(task, Approved.class, recorded);
        yield task.in(
            new Merging(
                merge.head(),
                approved.executors(),
                approved.verdict(),
                merge.target(),
                merge.push()),
            recorded);
      }
      case TaskFact.MergeRefused refused -> {
        Merging merging = expect(task, Merging.class, recorded);
        Task told =
            refused.kind().equals(TaskFact.MergeRefused.GATES_FAILED)
                ? task.withGateFailure(refused.detail())
                : task;
        yield told.in(
            new Approved(
                merging.head(), merging.executors(), merging.verdict(), Optional.of(refused)),
            recorded);
      }
      case TaskFact.Merged merged -> {
        Merging merging = expect(task, Merging.class, recorded);
        yield task.in(
            new TaskState.Merged(
                merging.head(),
                merging.verdict(),
                merging.target(),
                merged.targetCommit(),
                Optional.empty()),
            recorded);
      }
      case TaskFact.Parked parked ->
          task.in(
              new Ready(
                  Optional.of(
                      new WakeUp(recorded.at(), parked.notBefore(), parked.start(), parked.why()))),
              recorded);
      case TaskFact.PushIntended push -> {
        TaskState.Merged merged = expect(task, TaskState.Merged.class, recorded);
        yield task.in(
            pushed(merged, new Push(push.remote(), new Push.Progress.Pending())), recorded);
      }
      case TaskFact.Pushed _ -> afterPush(task, new Push.Progress.Done(), recorded);
      case TaskFact.PushFailed failed ->
          afterPush(task, new Push.Progress.Failed(failed.detail()), recorded);
      case TaskFact.Answered answered -> {
        expect(task, TaskState.Blocked.class, recorded);
        yield task.answered(answered.text(), recorded);
      }
      case TaskFact.Paused paused ->
          task.in(new TaskState.Paused(recorded.actor(), paused.reason()), recorded);
      case TaskFact.Blocked blocked -> task.in(new TaskState.Blocked(blocked.question()), recorded);
      case TaskFact.Failed failed -> task.in(new TaskState.Failed(failed.ending()), recorded);
      case TaskFact.Rejected rejected ->
          task.in(new TaskState.Rejected(recorded.actor(), rejected.reason()), recorded);
      case TaskFact.Reopened reopened ->
          task.in(
              new Ready(
                  Optional.empty(),
                  Optional.of(new TaskState.Note(recorded.actor(), reopened.reason())),
                  Optional.empty()),
              recorded);
      case TaskFact.ResetIntended reset ->
          task.resetting(
              new Ready(
                  Optional.empty(),
                  Optional.of(new TaskState.Note(recorded.actor(), reset.reason())),
                  Optional.of(
                      new Reset(
                          reset.number(),
                          reset.commits(),
                          reset.files(),
                          new Reset.Progress.Pending()))),
              reset.number(),
              recorded);
      case TaskFact.ResetDone _ -> afterReset(task, new Reset.Progress.Done(), recorded);
      case TaskFact.ResetRefused refused ->
          afterReset(task, new Reset.Progress.Refused(refused.detail()), recorded);
      case TaskFact.Cancelled cancelled ->
          task.in(new TaskState.Cancelled(recorded.actor(), cancelled.reason()), recorded);
      case TaskFact.Skipped skipped ->
          task.in(new TaskState.Skipped(recorded.actor(), skipped.reason()), recorded);
      case TaskFact.BudgetChanged changed ->
          task.withSpec(
              task.spec().withLimits(task.spec().limits().withCost(Optional.of(changed.cost()))),
              recorded);
      case TaskFact.LimitNeared neared -> task.nearing(neared, recorded);
      case TaskFact.Edited edited -> {
        TaskSpec spec = task.spec();
        for (Change change : edited.changes()) {
          spec = spec.with(change);
        }
        yield task.withSpec(spec, recorded);
      }
      case TaskFact.DependenciesChanged changed ->
          task.in(waitingFor(changed.waitingFor(), wantedStart(task, recorded)), recorded);
      case TaskFact.SpawnIntended _,
          TaskFact.Adopted _,
          TaskFact.GatesPassed _,
          TaskFact.Salvaged _,
          TaskFact.Commented _,
          TaskFact.Retried _,
          TaskFact.Forced _,
          TaskFact.ShellOpened _,
          TaskFact.WorkspaceRemoved _ ->
          task.told(recorded);
    };
  }

  /// The target had its merge, and now something is known of its push.
  private static Task afterPush(Task task, Push.Progress known, Recorded recorded) {
    TaskState.Merged merged = expect(task, TaskState.Merged.class, recorded);
    Push push = merged.push().orElseThrow(() -> misfit(task, recorded));
    return task.adjusted(pushed(merged, push.after(known))).told(recorded);
  }

  private static Task afterReset(Task task, Reset.Progress known, Recorded recorded) {
    Ready ready = expect(task, Ready.class, recorded);
    Reset reset = ready.reset().orElseThrow(() -> misfit(task, recorded));
    var next = new Ready(ready.wakeUp(), ready.reopened(), Optional.of(reset.after(known)));
    return (known instanceof Reset.Progress.Done
            ? task.putBack(next, reset.number())
            : task.adjusted(next))
        .told(recorded);
  }

  private static TaskState.Merged pushed(TaskState.Merged merged, Push push) {
    return new TaskState.Merged(
        merged.head(), merged.verdict(), merged.target(), merged.targetCommit(), Optional.of(push));
  }

  private static Task afterDependency(Task task, TaskId dependency, Recorded recorded) {
    Pending pending = expect(task, Pending.class, recorded);
    List<TaskId> left = pending.waitingFor().stream().filter(id -> !id.equals(dependency)).toList();
    return task.in(waitingFor(left, pending.dispatch()), recorded);
  }

  /// How it is to be started, or was about to be.
  private static Optional<StartMode> wantedStart(Task task, Recorded recorded) {
    return switch (task.state()) {
      case Pending pending -> pending.dispatch();
      case Ready ready -> ready.wakeUp().map(it -> it.start().mode());
      case Queued queued -> Optional.of(queued.start().mode());
      default -> throw misfit(task, recorded);
    };
  }

  private static TaskState waitingFor(List<TaskId> tasks, Optional<StartMode> wanted) {
    if (!tasks.isEmpty()) {
      return new Pending(tasks, wanted);
    }
    return wanted.isPresent() ? new Queued(Start.asked(wanted.get())) : new Ready(Optional.empty());
  }

  private static TaskState afterOutput(Task task, TaskFact.Observed observed, Recorded recorded) {
    return switch (task.state()) {
      case Running running ->
          new Running(
              running.attempt(),
              running.workspace(),
              running.process(),
              running.since(),
              running.progress().after(observed.event(), observed.to()));
      case Stopping stopping ->
          new Stopping(
              stopping.attempt(),
              stopping.workspace(),
              stopping.process(),
              stopping.cause() == StopCause.RESULT_LINGERS
                  ? stopping.progress().afterTheLastWord(observed.event(), observed.to())
                  : stopping.progress().after(observed.event(), observed.to()),
              stopping.cause(),
              stopping.next());
      default -> throw misfit(task, recorded);
    };
  }

  private static Stopping stopping(Task task, TaskFact.StopIntended stop, Recorded recorded) {
    return switch (task.state()) {
      case Claimed claimed ->
          new Stopping(
              claimed.attempt(),
              claimed.workspace(),
              Optional.empty(),
              Progress.NONE,
              stop.cause(),
              stop.next());
      case Running running ->
          new Stopping(
              running.attempt(),
              Optional.of(running.workspace()),
              Optional.of(running.process()),
              running.progress(),
              stop.cause(),
              stop.next());
      default -> throw misfit(task, recorded);
    };
  }

  private static <S extends TaskState> S expect(Task task, Class<S> state, Recorded recorded) {
    if (!state.isInstance(task.state())) {
      throw misfit(task, recorded);
    }
    return state.cast(task.state());
  }

  private static IllegalStateException misfit(Task task, Recorded recorded) {
    return new IllegalStateException(
        "fact does not fit " + task.display() + " in " + task.kind() + ": " + recorded);
  }
}
