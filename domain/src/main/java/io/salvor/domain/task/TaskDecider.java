package io.salvor.domain.task;

import static io.salvor.domain.task.Refusals.refuse;
import static io.salvor.domain.task.Refusals.wrongState;

import io.salvor.domain.access.Actor;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Refusal.Code;
import io.salvor.domain.task.TaskState.Queued;
import io.salvor.domain.task.TaskState.Ready;
import io.salvor.domain.time.Now;
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
      draft.add(actor, new TaskFact.Dispatched(Start.asked(StartMode.FRESH)));
    }
    return draft.accepted();
  }

  /// Carries out a command on a task that is there.
  ///
  /// @param unmerged those of the dependencies that the command names that are not merged
  /// @param adviser says how a retry begins
  public static Outcome decide(
      Task task,
      TaskCommand command,
      Actor actor,
      Now now,
      long nextSeq,
      List<TaskId> unmerged,
      Adviser adviser) {
    Draft draft = new Draft(task.id(), task, now, nextSeq);
    return switch (command) {
      case TaskCommand.Create _ ->
          refuse(Code.TASK_EXISTS, "there is already a task " + task.id(), "");
      case TaskCommand.Comment comment ->
          draft.add(actor, new TaskFact.Commented(comment.text())).accepted();
      case TaskCommand.NoteWorkspaceRemoved _ ->
          draft.add(actor, new TaskFact.WorkspaceRemoved()).accepted();
      case TaskCommand.OpenShell open -> openShell(draft, open, actor);
      case TaskCommand.Edit edit ->
          task.kind().isFinal()
              ? Changing.tooLateForAll(task)
              : Changing.edit(draft, edit, unmerged, actor);
      default ->
          task.kind().isFinal()
              ? wrongState(task, "is final", "salvor task add")
              : onOpen(draft, command, actor, adviser);
    };
  }

  private static Outcome onOpen(Draft draft, TaskCommand command, Actor actor, Adviser adviser) {
    if (draft.task().state() instanceof Ready ready && ready.resetting() && disturbs(command)) {
      return beingReset(draft.task());
    }
    return switch (command) {
      case TaskCommand.Dispatch dispatch -> Starting.dispatch(draft, dispatch, actor);
      case TaskCommand.Resume resume -> Starting.resume(draft, resume, actor);
      case TaskCommand.Answer answer -> Starting.answer(draft, answer, actor);
      case TaskCommand.Done done -> Verdicts.done(draft, done, actor);
      case TaskCommand.Salvage salvage -> Salvaging.begin(draft, salvage, actor);
      case TaskCommand.Approve approve -> Verdicts.approve(draft, approve, actor);
      case TaskCommand.Merge merge -> Verdicts.merge(draft, merge, actor);
      case TaskCommand.Reject reject -> Verdicts.reject(draft, reject.reason(), actor);
      case TaskCommand.Reopen reopen -> reopen(draft, reopen.reason(), actor);
      case TaskCommand.Pause pause -> Stops.pause(draft, pause.reason(), actor);
      case TaskCommand.Cancel cancel -> Stops.cancel(draft, cancel.reason(), actor);
      case TaskCommand.Skip skip -> Interventions.skip(draft, skip.reason(), actor);
      case TaskCommand.Retry retry -> Interventions.retry(draft, retry, adviser, actor);
      case TaskCommand.Reset reset -> Interventions.reset(draft, reset, actor);
      case TaskCommand.Verify verify -> Interventions.verify(draft, verify, actor);
      case TaskCommand.Create _,
          TaskCommand.Comment _,
          TaskCommand.OpenShell _,
          TaskCommand.NoteWorkspaceRemoved _,
          TaskCommand.Edit _ ->
          throw new IllegalStateException("decided before: " + command);
    };
  }

  /// Nobody works beside an attempt. A closed task may be looked into as long as its workspace is
  /// there.
  private static Outcome openShell(Draft draft, TaskCommand.OpenShell open, Actor actor) {
    Task task = draft.task();
    if (task.state() instanceof Ready ready && ready.resetting()) {
      return beingReset(task);
    }
    if (task.kind().holdsSlot()) {
      return wrongState(task, "has an attempt in its workspace", Stops.way(task));
    }
    return task.workspace().isEmpty()
        ? refuse(
            Code.NOTHING_THERE,
            task.display() + " has no workspace yet",
            "salvor task dispatch " + task.display())
        : draft.add(actor, new TaskFact.ShellOpened(open.program())).accepted();
  }

  /// Whether a command needs the workspace as it is.
  private static boolean disturbs(TaskCommand command) {
    return command instanceof TaskCommand.Done
        || command instanceof TaskCommand.Salvage
        || command instanceof TaskCommand.Verify
        || command instanceof TaskCommand.Reset
        || command instanceof TaskCommand.Retry
        || command instanceof TaskCommand.Pause
        || (command instanceof TaskCommand.Dispatch dispatch
            && dispatch.mode() == StartMode.RESUME);
  }

  private static Outcome beingReset(Task task) {
    return wrongState(task, "is being put back to its base", "salvor task show " + task.display());
  }

  private static Outcome reopen(Draft draft, String reason, Actor actor) {
    Task task = draft.task();
    return switch (task.kind()) {
      case FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX, REVIEW, APPROVED ->
          draft.add(actor, new TaskFact.Reopened(reason)).accepted();
      default -> wrongState(task, "is not closed", "salvor task show " + task.display());
    };
  }

  /// Gives a queued task a slot.
  public static Outcome.Accepted claim(Task task, Now now, long nextSeq) {
    if (!(task.state() instanceof Queued queued)) {
      throw new IllegalStateException("only a queued task is claimed: " + task);
    }
    var attempt = new AttemptRef(task.id(), task.lastAttempt() + 1, nextSeq);
    return new Draft(task.id(), task, now, nextSeq)
        .add(new TaskFact.Claimed(attempt, queued.start().mode()))
        .accepted();
  }

  /// Queues a task whose wake-up has come.
  public static Outcome.Accepted wake(Task task, Now now, long nextSeq) {
    if (!(task.state() instanceof Ready ready) || ready.wakeUp().isEmpty()) {
      throw new IllegalStateException("nothing wakes " + task);
    }
    TaskState.WakeUp wakeUp = ready.wakeUp().get();
    return new Draft(task.id(), task, now, nextSeq)
        .add(new TaskFact.Dispatched(wakeUp.start()))
        .accepted();
  }

  /// Ends the open attempt of a task because the whole instance is frozen hard; empty where there
  /// is none to end.
  public static Optional<Outcome.Accepted> freeze(
      Task task, String reason, Actor actor, Now now, long nextSeq) {
    return Stops.freeze(task, reason, actor, now, nextSeq);
  }

  /// Tells a pending task that a dependency is merged.
  public static Outcome.Accepted dependencyMet(
      Task task, TaskId dependency, Now now, long nextSeq) {
    return new Draft(task.id(), task, now, nextSeq)
        .add(new TaskFact.DependencyMet(dependency))
        .accepted();
  }
}
