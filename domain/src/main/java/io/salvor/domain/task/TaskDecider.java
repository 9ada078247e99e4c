package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Refusal.Code;
import io.salvor.domain.task.TaskState.Approved;
import io.salvor.domain.task.TaskState.Claimed;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.task.TaskState.Queued;
import io.salvor.domain.task.TaskState.Ready;
import io.salvor.domain.task.TaskState.Review;
import io.salvor.domain.task.TaskState.Running;
import io.salvor.domain.task.TaskState.Stopping;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `decide`: what follows from a command about a task. Pure: `now` and the next seq come in.
public final class TaskDecider {
  private TaskDecider() {}

  /// Makes a task.
  ///
  /// @param number its display number, not used before
  /// @param unmerged those of its dependencies that are not merged
  public static Outcome create(
      TaskCommand.Create create,
      Actor actor,
      Now now,
      long nextSeq,
      long number,
      List<TaskId> unmerged) {
    Draft draft =
        new Draft(create.task(), null, now, nextSeq)
            .add(actor, new TaskFact.Created(new DisplayId(number), create.spec(), unmerged));
    if (create.dispatch()) {
      draft.add(actor, new TaskFact.Dispatched(StartMode.FRESH, 0));
    }
    return draft.accepted();
  }

  /// Carries out a command on a task that is there.
  public static Outcome decide(Task task, TaskCommand command, Actor actor, Now now, long nextSeq) {
    Draft draft = new Draft(task.id(), task, now, nextSeq);
    return switch (command) {
      case TaskCommand.Create _ ->
          refuse(Code.TASK_EXISTS, "there is already a task " + task.id(), "");
      case TaskCommand.Comment comment ->
          draft.add(actor, new TaskFact.Commented(comment.text())).accepted();
      case TaskCommand.NoteWorkspaceRemoved _ ->
          draft.add(actor, new TaskFact.WorkspaceRemoved()).accepted();
      default ->
          task.kind().isFinal()
              ? wrongState(task, "is final", "salvor task add")
              : onOpen(draft, command, actor);
    };
  }

  private static Outcome onOpen(Draft draft, TaskCommand command, Actor actor) {
    return switch (command) {
      case TaskCommand.Dispatch dispatch -> dispatch(draft, dispatch, actor);
      case TaskCommand.Resume resume -> resume(draft, resume, actor);
      case TaskCommand.Done done -> done(draft, done, actor);
      case TaskCommand.Approve approve -> approve(draft, approve, actor);
      case TaskCommand.Merge _ -> merge(draft, actor);
      case TaskCommand.Reject reject -> reject(draft, reject.reason(), actor);
      case TaskCommand.Reopen reopen -> reopen(draft, reopen.reason(), actor);
      case TaskCommand.Pause pause -> pause(draft, pause.reason(), actor);
      case TaskCommand.Cancel cancel -> cancel(draft, cancel.reason(), actor);
      case TaskCommand.Skip skip -> skip(draft, skip.reason(), actor);
      case TaskCommand.Create _, TaskCommand.Comment _, TaskCommand.NoteWorkspaceRemoved _ ->
          throw new IllegalStateException("decided before: " + command);
    };
  }

  private static Outcome dispatch(Draft draft, TaskCommand.Dispatch dispatch, Actor actor) {
    Task task = draft.task();
    boolean resume = dispatch.mode() == StartMode.RESUME;
    if (resume && task.lastStarted().isEmpty() && !task.kind().holdsSlot()) {
      return refuse(
          Code.NOTHING_THERE,
          task.display() + " has no earlier attempt to resume",
          "salvor task dispatch " + task.display());
    }
    return switch (task.kind()) {
      case PENDING, READY -> start(draft, dispatch.mode(), dispatch.budget(), actor);
      case FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX, REVIEW, APPROVED ->
          resume
              ? start(draft, StartMode.RESUME, dispatch.budget(), actor)
              : wrongState(
                  task,
                  "has earlier work: go on with it, or reopen it to start afresh",
                  "salvor task dispatch --resume "
                      + task.display()
                      + "  or  salvor task reopen "
                      + task.display());
      case QUEUED, CLAIMED, RUNNING, STOPPING, VERIFYING ->
          wrongState(task, "is being worked on already", "salvor task watch " + task.display());
      case MERGING -> wrongState(task, "is being merged", "salvor task show " + task.display());
      case MERGED, CANCELLED, SKIPPED -> throw new IllegalStateException("final: " + task);
    };
  }

  private static Outcome resume(Draft draft, TaskCommand.Resume resume, Actor actor) {
    Task task = draft.task();
    return switch (task.kind()) {
      case PAUSED, BLOCKED -> {
        StartMode mode = task.lastStarted().isPresent() ? StartMode.RESUME : StartMode.FRESH;
        yield start(draft, mode, resume.budget(), actor);
      }
      default ->
          wrongState(task, "is not paused", "salvor task dispatch --resume " + task.display());
    };
  }

  private static Outcome start(
      Draft draft, StartMode mode, Optional<MicroUsd> budget, Actor actor) {
    budget.ifPresent(raised -> draft.add(actor, new TaskFact.BudgetChanged(raised)));
    Task task = draft.task();
    Optional<MicroUsd> limit = task.spec().limits().cost();
    MicroUsd spent = task.cost().orElse(MicroUsd.ZERO);
    if (limit.isPresent() && spent.value() > 0 && spent.compareTo(limit.get()) >= 0) {
      return refuse(
          Code.OVER_BUDGET,
          task.display() + " has spent " + Money.text(spent) + " of " + Money.text(limit.get()),
          "salvor task dispatch --resume --budget USD " + task.display());
    }
    int failedStarts =
        task.state() instanceof Ready ready
            ? ready.wakeUp().map(TaskState.WakeUp::failedStarts).orElse(0)
            : 0;
    return draft.add(actor, new TaskFact.Dispatched(mode, failedStarts)).accepted();
  }

  private static Outcome done(Draft draft, TaskCommand.Done done, Actor actor) {
    Task task = draft.task();
    WorkspaceSummary workspace = done.workspace();
    switch (task.kind()) {
      case READY, FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX, REVIEW -> {}
      default -> {
        return wrongState(
            task,
            "cannot be declared done while it is " + task.kind(),
            "salvor task pause " + task.display());
      }
    }
    if (workspace.head().isEmpty()) {
      return refuse(
          Code.NOTHING_THERE,
          task.display() + " has no branch " + task.branch(),
          "salvor task dispatch " + task.display());
    }
    if (!workspace.clean() && !done.force()) {
      return refuse(
          Code.UNCOMMITTED_WORK,
          task.display() + " has " + workspace.uncommittedFiles() + " uncommitted files",
          "commit them in the workspace (salvor workspace path "
              + task.display()
              + "), or add --force to leave them out");
    }
    var executors = new ArrayList<>(task.executors());
    if (!executors.contains(actor)) {
      executors.add(actor);
    }
    return draft
        .add(actor, new TaskFact.ReviewAsked(workspace.head().get(), executors, done.summary()))
        .accepted();
  }

  private static Outcome approve(Draft draft, TaskCommand.Approve approve, Actor actor) {
    Task task = draft.task();
    if (approve.merge() && task.spec().target().isEmpty()) {
      return noTarget(task);
    }
    if (task.state() instanceof Approved approved && approve.merge()) {
      return approve.commit().orElse(approved.head()).equals(approved.head())
          ? merge(draft, actor)
          : commitMoved(task, approved.head(), approve.commit().get());
    }
    if (!(task.state() instanceof Review review)) {
      return wrongState(task, "is not in review", "salvor task show " + task.display());
    }
    if (review.executors().contains(actor)) {
      return selfApproval(task, actor);
    }
    String wanted = approve.commit().orElse(review.head());
    if (approve.workspace().head().isEmpty()) {
      return refuse(
          Code.NOTHING_THERE, "the branch " + task.branch() + " is gone", "git branch --list");
    }
    String head = approve.workspace().head().get();
    if (!head.equals(wanted)) {
      return commitMoved(task, head, wanted);
    }
    if (!approve.workspace().clean() && isBase(task, wanted)) {
      return refuse(
          Code.UNCOMMITTED_WORK,
          task.display()
              + " has no commit to accept, and "
              + approve.workspace().uncommittedFiles()
              + " uncommitted files",
          "salvor task dispatch --resume "
              + task.display()
              + "  to have them committed, or commit them in its workspace");
    }
    draft.add(actor, new TaskFact.Approved(wanted, approve.notes()));
    return approve.merge() ? merge(draft, actor) : draft.accepted();
  }

  private static boolean isBase(Task task, String commit) {
    return task.workspace().filter(it -> it.baseCommit().equals(commit)).isPresent();
  }

  private static Outcome merge(Draft draft, Actor actor) {
    Task task = draft.task();
    if (!(task.state() instanceof Approved approved)) {
      return wrongState(task, "is not approved", "salvor task approve " + task.display());
    }
    if (task.spec().target().isEmpty()) {
      return noTarget(task);
    }
    return draft
        .add(actor, new TaskFact.MergeIntended(approved.head(), task.spec().target().get()))
        .accepted();
  }

  private static Outcome reject(Draft draft, String reason, Actor actor) {
    Task task = draft.task();
    return switch (task.state()) {
      case Review review -> reject(draft, review.head(), review.executors(), reason, actor);
      case Approved approved -> reject(draft, approved.head(), approved.executors(), reason, actor);
      default -> wrongState(task, "is not in review", "salvor task show " + task.display());
    };
  }

  private static Outcome reject(
      Draft draft, String head, List<Actor> executors, String reason, Actor actor) {
    if (executors.contains(actor)) {
      return selfApproval(draft.task(), actor);
    }
    return draft.add(actor, new TaskFact.Rejected(head, reason)).accepted();
  }

  private static Outcome reopen(Draft draft, String reason, Actor actor) {
    Task task = draft.task();
    return switch (task.kind()) {
      case FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX, REVIEW, APPROVED ->
          draft.add(actor, new TaskFact.Reopened(reason)).accepted();
      default -> wrongState(task, "is not closed", "salvor task show " + task.display());
    };
  }

  private static Outcome pause(Draft draft, String reason, Actor actor) {
    Task task = draft.task();
    return switch (task.state()) {
      case Ready _, Queued _ -> draft.add(actor, new TaskFact.Paused(reason)).accepted();
      case Claimed claimed ->
          stop(draft, claimed.attempt(), StopCause.PAUSE, new Next.Pause(actor, reason), actor);
      case Running running ->
          stop(draft, running.attempt(), StopCause.PAUSE, new Next.Pause(actor, reason), actor);
      case Stopping stopping when !(stopping.next() instanceof Next.Cancel) ->
          draft
              .add(
                  actor,
                  new TaskFact.StopRedirected(
                      stopping.attempt().ref(), new Next.Pause(actor, reason)))
              .accepted();
      default ->
          wrongState(
              task, "has nothing that could be paused", "salvor task show " + task.display());
    };
  }

  private static Outcome cancel(Draft draft, String reason, Actor actor) {
    Task task = draft.task();
    var next = new Next.Cancel(actor, reason);
    return switch (task.state()) {
      case Claimed claimed -> stop(draft, claimed.attempt(), StopCause.CANCEL, next, actor);
      case Running running -> stop(draft, running.attempt(), StopCause.CANCEL, next, actor);
      case Stopping stopping ->
          stopping.next() instanceof Next.Cancel
              ? wrongState(task, "is being cancelled already", "")
              : draft
                  .add(actor, new TaskFact.StopRedirected(stopping.attempt().ref(), next))
                  .accepted();
      default ->
          task.kind() == Kind.MERGING
              ? wrongState(task, "is being merged", "salvor task show " + task.display())
              : draft.add(actor, new TaskFact.Cancelled(reason)).accepted();
    };
  }

  private static Outcome skip(Draft draft, String reason, Actor actor) {
    Task task = draft.task();
    return switch (task.kind()) {
      case PENDING, READY, FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX ->
          draft.add(actor, new TaskFact.Skipped(reason)).accepted();
      default -> wrongState(task, "cannot be skipped now", "salvor task cancel " + task.display());
    };
  }

  private static Outcome stop(
      Draft draft, Attempt attempt, StopCause cause, Next next, Actor actor) {
    return draft.add(actor, new TaskFact.StopIntended(attempt.ref(), cause, next)).accepted();
  }

  /// Gives a queued task a slot.
  public static Outcome.Accepted claim(Task task, Now now, long nextSeq) {
    if (!(task.state() instanceof Queued queued)) {
      throw new IllegalStateException("only a queued task is claimed: " + task);
    }
    var attempt = new AttemptRef(task.id(), task.lastAttempt() + 1, nextSeq);
    return new Draft(task.id(), task, now, nextSeq)
        .add(new TaskFact.Claimed(attempt, queued.mode()))
        .accepted();
  }

  /// Queues a task whose wake-up has come.
  public static Outcome.Accepted wake(Task task, Now now, long nextSeq) {
    if (!(task.state() instanceof Ready ready) || ready.wakeUp().isEmpty()) {
      throw new IllegalStateException("nothing wakes " + task);
    }
    TaskState.WakeUp wakeUp = ready.wakeUp().get();
    return new Draft(task.id(), task, now, nextSeq)
        .add(new TaskFact.Dispatched(wakeUp.mode(), wakeUp.failedStarts()))
        .accepted();
  }

  /// Tells a pending task that a dependency is merged.
  public static Outcome.Accepted dependencyMet(
      Task task, TaskId dependency, Now now, long nextSeq) {
    return new Draft(task.id(), task, now, nextSeq)
        .add(new TaskFact.DependencyMet(dependency))
        .accepted();
  }

  private static Outcome commitMoved(Task task, String head, String wanted) {
    return refuse(
        Code.COMMIT_MOVED,
        task.branch() + " is at " + head + ", not at " + wanted,
        "look at salvor task diff "
            + task.display()
            + ", then salvor task approve --commit "
            + head
            + " "
            + task.display());
  }

  private static Outcome selfApproval(Task task, Actor actor) {
    return refuse(
        Code.SELF_APPROVAL,
        actor + " worked on " + task.display() + " and may not judge it",
        "SALVOR_ACTOR=user:SOMEBODY-ELSE salvor task approve " + task.display());
  }

  private static Outcome noTarget(Task task) {
    return refuse(
        Code.NO_TARGET,
        task.display() + " has no branch to merge into: HEAD was detached when it was added",
        "merge " + task.branch() + " by hand, or add the task again on a branch");
  }

  private static Outcome wrongState(Task task, String why, String hint) {
    return refuse(
        Code.WRONG_STATE, task.display() + " " + why + " (it is " + task.kind() + ")", hint);
  }

  private static Outcome refuse(Code code, String detail, String hint) {
    return new Outcome.Refused(new Refusal(code, detail, hint));
  }
}
