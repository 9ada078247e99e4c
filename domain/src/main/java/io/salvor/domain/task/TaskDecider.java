package io.salvor.domain.task;

import static io.salvor.domain.task.Refusals.refuse;
import static io.salvor.domain.task.Refusals.wrongState;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Refusal.Code;
import io.salvor.domain.task.TaskFact.MergeRefused;
import io.salvor.domain.task.TaskState.Approved;
import io.salvor.domain.task.TaskState.Queued;
import io.salvor.domain.task.TaskState.Ready;
import io.salvor.domain.time.Now;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
  public static Outcome decide(
      Task task, TaskCommand command, Actor actor, Now now, long nextSeq, List<TaskId> unmerged) {
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
              : onOpen(draft, command, actor);
    };
  }

  private static Outcome onOpen(Draft draft, TaskCommand command, Actor actor) {
    return switch (command) {
      case TaskCommand.Dispatch dispatch -> dispatch(draft, dispatch, actor);
      case TaskCommand.Resume resume -> resume(draft, resume, actor);
      case TaskCommand.Answer answer -> answer(draft, answer, actor);
      case TaskCommand.Done done -> Verdicts.done(draft, done, actor);
      case TaskCommand.Salvage salvage -> Salvaging.begin(draft, salvage, actor);
      case TaskCommand.Approve approve -> Verdicts.approve(draft, approve, actor);
      case TaskCommand.Merge merge -> Verdicts.merge(draft, merge, actor);
      case TaskCommand.Reject reject -> Verdicts.reject(draft, reject.reason(), actor);
      case TaskCommand.Reopen reopen -> reopen(draft, reopen.reason(), actor);
      case TaskCommand.Pause pause -> Stops.pause(draft, pause.reason(), actor);
      case TaskCommand.Cancel cancel -> Stops.cancel(draft, cancel.reason(), actor);
      case TaskCommand.Skip skip -> skip(draft, skip.reason(), actor);
      case TaskCommand.Create _,
          TaskCommand.Comment _,
          TaskCommand.OpenShell _,
          TaskCommand.NoteWorkspaceRemoved _,
          TaskCommand.Edit _ ->
          throw new IllegalStateException("decided before: " + command);
    };
  }

  private static Outcome dispatch(Draft draft, TaskCommand.Dispatch dispatch, Actor actor) {
    Task task = draft.task();
    boolean resume = dispatch.mode() == StartMode.RESUME;
    boolean nothing = task.lastStarted().isEmpty() && goOn(task) != StartMode.RESOLVE;
    if (resume && nothing && !task.kind().holdsSlot()) {
      return refuse(
          Code.NOTHING_THERE,
          task.display() + " has no earlier attempt to resume",
          "salvor task dispatch " + task.display());
    }
    return switch (task.kind()) {
      case PENDING, READY ->
          start(draft, resume ? goOn(task) : planned(task), allowance(dispatch), actor);
      case FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX, REVIEW, APPROVED ->
          resume
              ? start(draft, goOn(task), allowance(dispatch), actor)
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

  /// As it was to begin by itself after a while, where it was; else at the base.
  private static StartMode planned(Task task) {
    return task.state() instanceof Ready ready
        ? ready.wakeUp().map(it -> it.start().mode()).orElse(StartMode.FRESH)
        : StartMode.FRESH;
  }

  /// How work that is there is gone on with. Where its merge met a conflict, the target is brought
  /// in for the agent to resolve it, and again as long as no attempt at that came to a review.
  private static StartMode goOn(Task task) {
    if (task.spec().target().isEmpty()) {
      return StartMode.RESUME;
    }
    boolean resolve =
        switch (task.state()) {
          case Approved approved ->
              approved.refusal().filter(it -> it.kind().equals(MergeRefused.CONFLICT)).isPresent();
          case TaskState.Failed _, TaskState.Paused _, TaskState.Blocked _, TaskState.NeedsFix _ ->
              !task.attempts().isEmpty() && task.attempts().getLast().mode() == StartMode.RESOLVE;
          default -> false;
        };
    return resolve ? StartMode.RESOLVE : StartMode.RESUME;
  }

  private static Outcome resume(Draft draft, TaskCommand.Resume resume, Actor actor) {
    Task task = draft.task();
    return switch (task.kind()) {
      case PAUSED, BLOCKED -> {
        StartMode mode = task.lastStarted().isPresent() ? goOn(task) : StartMode.FRESH;
        yield start(draft, mode, new Allowance(resume.budget(), resume.limits()), actor);
      }
      default ->
          wrongState(task, "is not paused", "salvor task dispatch --resume " + task.display());
    };
  }

  private static Outcome answer(Draft draft, TaskCommand.Answer answer, Actor actor) {
    Task task = draft.task();
    if (!(task.state() instanceof TaskState.Blocked) || task.attempts().isEmpty()) {
      return wrongState(
          task, "has no question that waits for an answer", "salvor task show " + task.display());
    }
    StartMode mode = goOn(task);
    draft.add(actor, new TaskFact.Answered(answer.text()));
    return start(draft, mode, new Allowance(answer.budget(), List.of()), actor);
  }

  /// Nobody works beside an attempt. A closed task may be looked into as long as its workspace is
  /// there.
  private static Outcome openShell(Draft draft, TaskCommand.OpenShell open, Actor actor) {
    Task task = draft.task();
    if (task.kind().holdsSlot()) {
      return wrongState(
          task, "has an attempt in its workspace", "salvor task pause " + task.display());
    }
    return task.workspace().isEmpty()
        ? refuse(
            Code.NOTHING_THERE,
            task.display() + " has no workspace yet",
            "salvor task dispatch " + task.display())
        : draft.add(actor, new TaskFact.ShellOpened(open.program())).accepted();
  }

  /// What a task may use from its next start on.
  private record Allowance(Optional<MicroUsd> budget, List<Change> limits) {}

  private static Allowance allowance(TaskCommand.Dispatch dispatch) {
    return new Allowance(dispatch.budget(), dispatch.limits());
  }

  private static Outcome start(Draft draft, StartMode mode, Allowance allowance, Actor actor) {
    allowance.budget().ifPresent(raised -> draft.add(actor, new TaskFact.BudgetChanged(raised)));
    List<Change> changes = Changing.news(draft.task(), allowance.limits());
    if (!changes.isEmpty()) {
      draft.add(actor, new TaskFact.Edited(changes));
    }
    Task task = draft.task();
    Optional<MicroUsd> limit = task.spec().limits().cost();
    MicroUsd spent = task.cost().orElse(MicroUsd.ZERO);
    if (limit.isPresent() && spent.value() > 0 && spent.compareTo(limit.get()) >= 0) {
      return refuse(
          Code.OVER_BUDGET,
          task.display() + " has spent " + Money.text(spent) + " of " + Money.text(limit.get()),
          "salvor task dispatch --resume --budget USD " + task.display());
    }
    OptionalLong tokens = task.spec().limits().tokens();
    if (tokens.isPresent() && task.tokens() > 0 && task.tokens() >= tokens.getAsLong()) {
      return refuse(
          Code.OVER_BUDGET,
          task.display() + " has used " + task.tokens() + " of " + tokens.getAsLong() + " tokens",
          "salvor task dispatch --resume --tokens NUMBER " + task.display());
    }
    int failedStarts =
        task.state() instanceof Ready ready
            ? ready.wakeUp().map(it -> it.start().failedStarts()).orElse(0)
            : 0;
    return draft.add(actor, new TaskFact.Dispatched(new Start(mode, failedStarts, 0))).accepted();
  }

  private static Outcome reopen(Draft draft, String reason, Actor actor) {
    Task task = draft.task();
    return switch (task.kind()) {
      case FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX, REVIEW, APPROVED ->
          draft.add(actor, new TaskFact.Reopened(reason)).accepted();
      default -> wrongState(task, "is not closed", "salvor task show " + task.display());
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
