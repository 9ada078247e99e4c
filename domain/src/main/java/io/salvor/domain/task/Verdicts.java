package io.salvor.domain.task;

import static io.salvor.domain.task.Refusals.refuse;
import static io.salvor.domain.task.Refusals.wrongState;

import io.salvor.domain.access.Actor;
import io.salvor.domain.task.Refusal.Code;
import io.salvor.domain.task.TaskState.Approved;
import io.salvor.domain.task.TaskState.Review;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `decide`: what follows from saying that work is done, from a verdict on it, and from asking for
/// its merge.
final class Verdicts {
  private Verdicts() {}

  static Outcome done(Draft draft, TaskCommand.Done done, Actor actor) {
    Task task = draft.task();
    WorkspaceSummary workspace = done.workspace();
    switch (task.kind()) {
      case READY, FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX, REVIEW -> {}
      default -> {
        return wrongState(
            task, "cannot be declared done while it is " + task.kind(), beforeDone(task));
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
    if (!workspace.clean()) {
      draft.add(
          actor,
          new TaskFact.Forced(
              "done despite " + workspace.uncommittedFiles() + " uncommitted files"));
    }
    return draft
        .add(
            actor,
            new TaskFact.ReviewAsked(
                workspace.head().get(), executors, done.summary(), done.domain()))
        .accepted();
  }

  /// The command after which it can be declared done.
  private static String beforeDone(Task task) {
    return switch (task.state()) {
      case TaskState.Pending pending ->
          "salvor task edit --depends-on \"\" "
              + task.display()
              + (pending.dispatch().isPresent() ? " && salvor task pause " + task.display() : "");
      case Approved _ -> "salvor task reopen " + task.display();
      default -> Stops.way(task);
    };
  }

  static Outcome approve(Draft draft, TaskCommand.Approve approve, Actor actor) {
    Task task = draft.task();
    if (approve.merge().isPresent() && task.spec().target().isEmpty()) {
      return noTarget(task);
    }
    if (task.state() instanceof Approved approved && approve.merge().isPresent()) {
      return approve.commit().orElse(approved.head()).equals(approved.head())
          ? merge(draft, approve.merge().get(), actor)
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
    draft.add(
        actor,
        new TaskFact.Approved(wanted, approve.verdict().notes(), domain(task, review, approve)));
    return approve.merge().isPresent()
        ? merge(draft, approve.merge().get(), actor)
        : draft.accepted();
  }

  /// The field of competence in which the work is judged: as the judge says, else as it was handed
  /// in, else the task's own.
  private static Optional<String> domain(Task task, Review review, TaskCommand.Approve approve) {
    return approve
        .verdict()
        .domain()
        .or(() -> review.submission().domain())
        .or(() -> task.spec().filing().domain());
  }

  private static boolean isBase(Task task, String commit) {
    return task.workspace().filter(it -> it.baseCommit().equals(commit)).isPresent();
  }

  static Outcome merge(Draft draft, TaskCommand.Merge merge, Actor actor) {
    Task task = draft.task();
    if (!(task.state() instanceof Approved approved)) {
      return wrongState(task, "is not approved", "salvor task approve " + task.display());
    }
    if (task.spec().target().isEmpty()) {
      return noTarget(task);
    }
    return draft
        .add(
            actor,
            new TaskFact.MergeIntended(approved.head(), task.spec().target().get(), merge.push()))
        .accepted();
  }

  static Outcome reject(Draft draft, String reason, Actor actor) {
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
        "salvor task edit --into BRANCH " + task.display());
  }
}
