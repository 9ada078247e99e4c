package io.salvor.domain.task;

import static io.salvor.domain.task.Refusals.refuse;

import io.salvor.domain.access.Actor;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.Refusal.Code;
import io.salvor.domain.task.TaskState.Approved;
import io.salvor.domain.task.TaskState.Ready;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `decide`: what follows from changing a task's specification. A change is taken where it can
/// still mean something; elsewhere the refusal says until when it could be made.
final class Changing {
  private Changing() {}

  /// Makes all of these changes or none. What is so already is left out.
  ///
  /// @param unmerged those of the dependencies, where they are changed, that are not merged
  static Outcome edit(Draft draft, TaskCommand.Edit edit, List<TaskId> unmerged, Actor actor) {
    Task task = draft.task();
    var changes = new ArrayList<Change>();
    for (Change change : edit.changes()) {
      if (!task.spec().with(change).equals(task.spec())) {
        Optional<Refusal> tooLate = tooLate(task, change);
        if (tooLate.isPresent()) {
          return new Outcome.Refused(tooLate.get());
        }
        changes.add(change);
      }
    }
    if (changes.isEmpty()) {
      return new Outcome.Dropped("everything is so already");
    }
    draft.add(actor, new TaskFact.Edited(changes));
    if (any(changes, Change.DependsOn.class) && !waitsFor(task).equals(unmerged)) {
      draft.add(actor, new TaskFact.DependenciesChanged(unmerged));
    }
    if (any(changes, Change.Target.class) && task.state() instanceof Approved approved) {
      draft.add(actor, new TaskFact.ApprovalVoided(approved.head()));
    }
    return draft.accepted();
  }

  /// Those that are not so already.
  static List<Change> news(Task task, List<Change> changes) {
    return changes.stream().filter(it -> !task.spec().with(it).equals(task.spec())).toList();
  }

  private static boolean any(List<Change> changes, Class<? extends Change> kind) {
    return changes.stream().anyMatch(kind::isInstance);
  }

  private static List<TaskId> waitsFor(Task task) {
    return task.state() instanceof TaskState.Pending pending ? pending.waitingFor() : List.of();
  }

  /// Why a change cannot mean anything any more; empty where it can.
  private static Optional<Refusal> tooLate(Task task, Change change) {
    return switch (change) {
      case Change.Title _,
          Change.Cost _,
          Change.Tokens _,
          Change.Turns _,
          Change.Urgency _,
          Change.Labels _,
          Change.Domain _,
          Change.Recovering _ ->
          Optional.empty();
      case Change.Worker _,
          Change.Model _,
          Change.Profile _,
          Change.Launching _,
          Change.TimeLimit _,
          Change.OutputBytes _ ->
          betweenAttempts(task, change);
      case Change.Brief _ -> betweenAttempts(task, change).or(() -> beforeTheReview(task, change));
      case Change.DependsOn _ -> beforeTheStart(task, change);
      case Change.Base _ ->
          betweenAttempts(task, change)
              .or(() -> beforeTheReview(task, change))
              .or(() -> beforeTheWorkspace(task, change));
      case Change.Target _ ->
          task.kind() == TaskState.Kind.MERGING
              ? late(task, change, "until its merge began", show(task))
              : besideTheVerdict(task, change);
    };
  }

  /// The verdict is about a merge into what was the target then. Gates that run by hand lead back
  /// to it.
  private static Optional<Refusal> besideTheVerdict(Task task, Change change) {
    boolean judged =
        task.state() instanceof TaskState.Verifying verifying
            && verifying.byHand().filter(it -> it.before() instanceof Approved).isPresent();
    return judged
        ? late(
            task,
            change,
            "until its gates began to run, and can be again when they have",
            "salvor task watch " + task.display())
        : Optional.empty();
  }

  /// An attempt goes by what it was started with.
  private static Optional<Refusal> betweenAttempts(Task task, Change change) {
    return switch (task.kind()) {
      case CLAIMED, RUNNING, STOPPING, VERIFYING ->
          late(
              task,
              change,
              "until attempt " + task.lastAttempt() + " began, and can be again when that is over",
              Stops.way(task));
      case MERGING -> late(task, change, "until its merge began", show(task));
      case PENDING,
          READY,
          QUEUED,
          REVIEW,
          APPROVED,
          BLOCKED,
          PAUSED,
          NEEDS_FIX,
          FAILED,
          REJECTED,
          MERGED,
          CANCELLED,
          SKIPPED ->
          Optional.empty();
    };
  }

  /// What a verdict is about does not change under the reviewer's eyes.
  private static Optional<Refusal> beforeTheReview(Task task, Change change) {
    return switch (task.kind()) {
      case REVIEW, APPROVED ->
          late(
              task,
              change,
              "until its work came to review",
              "salvor task reopen " + task.display());
      default -> Optional.empty();
    };
  }

  private static Optional<Refusal> beforeTheStart(Task task, Change change) {
    return switch (task.kind()) {
      case PENDING, READY, QUEUED -> afterItsReset(task, change);
      default ->
          late(
              task,
              change,
              "until it was begun, and can be again once it is reopened",
              "salvor task reopen " + task.display());
    };
  }

  /// A task that waits for others would forget that its workspace is being put back.
  private static Optional<Refusal> afterItsReset(Task task, Change change) {
    return task.state() instanceof Ready ready && ready.resetting()
        ? late(
            task,
            change,
            "until its workspace was to be put back, and can be again when that is done",
            show(task))
        : Optional.empty();
  }

  /// The base is resolved once.
  private static Optional<Refusal> beforeTheWorkspace(Task task, Change change) {
    return task.workspace()
        .flatMap(made ->
            late(
                task,
                change,
                "until its workspace was first made, from " + made.baseCommit(),
                "salvor task add --base REV"));
  }

  private static Optional<Refusal> late(Task task, Change change, String until, String hint) {
    String detail =
        "the "
            + change.subject()
            + " of "
            + task.display()
            + " could be changed "
            + until
            + " (it is "
            + task.kind()
            + ")";
    return Optional.of(new Refusal(Code.WRONG_STATE, detail, hint));
  }

  private static String show(Task task) {
    return "salvor task show " + task.display();
  }

  /// Nothing of a final task is changed.
  static Outcome tooLateForAll(Task task) {
    return refuse(
        Code.WRONG_STATE,
        task.display() + " could be changed until it was " + task.kind(),
        "salvor task add");
  }
}
