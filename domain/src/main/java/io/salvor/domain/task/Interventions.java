package io.salvor.domain.task;

import static io.salvor.domain.task.Refusals.refuse;
import static io.salvor.domain.task.Refusals.wrongState;

import io.salvor.domain.access.Actor;
import io.salvor.domain.task.Refusal.Code;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.task.TaskState.Ready;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `decide`: what follows where a person steps in by hand: another attempt, a task left out, a
/// workspace put back, gates run.
final class Interventions {
  private Interventions() {}

  /// Another attempt after one that came to nothing.
  static Outcome retry(Draft draft, TaskCommand.Retry retry, Adviser adviser, Actor actor) {
    Task task = draft.task();
    Optional<Outcome> refused = notToBeRetried(task);
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<Advice> advice =
        task.state() instanceof TaskState.Failed
            ? Optional.of(adviser.advise(task))
            : Optional.empty();
    StartMode mode = retry.fresh() ? StartMode.FRESH : mode(task, advice);
    var limits = new ArrayList<>(retry.limits());
    advice.ifPresent(
        it -> it.changes().stream().filter(raise -> isNew(raise, limits)).forEach(limits::add));
    String command = retry.fresh() ? "retry --fresh" : "retry";
    draft.add(actor, new TaskFact.Retried(retry.reason()));
    return Starting.start(draft, mode, new Starting.Wish(command, retry.budget(), limits), actor);
  }

  /// What a person said themselves goes before what the matrix says.
  private static boolean isNew(Change raise, List<Change> said) {
    return said.stream().noneMatch(it -> it.subject().equals(raise.subject()));
  }

  private static Optional<Outcome> notToBeRetried(Task task) {
    String id = task.display().toString();
    return switch (task.kind()) {
      case FAILED, REJECTED, NEEDS_FIX -> Optional.empty();
      case READY ->
          task.lastStarted().isPresent() || wakes(task)
              ? Optional.empty()
              : Optional.of(
                  refuse(
                      Code.NOTHING_THERE,
                      id + " has no attempt that could be retried",
                      "salvor task dispatch " + id));
      case PENDING -> no(task, "waits for other tasks", "salvor task show " + id);
      case QUEUED, CLAIMED, RUNNING, STOPPING, VERIFYING ->
          no(task, "is being worked on already", "salvor task watch " + id);
      case MERGING -> no(task, "is being merged", "salvor task show " + id);
      case REVIEW, APPROVED ->
          no(task, "has work that waits for a verdict", "salvor task dispatch --resume " + id);
      case PAUSED -> no(task, "rests", "salvor task resume " + id);
      case BLOCKED -> no(task, "waits for an answer", "salvor task answer " + id + " TEXT");
      case MERGED, CANCELLED, SKIPPED -> throw new IllegalStateException("final: " + task);
    };
  }

  private static Optional<Outcome> no(Task task, String why, String hint) {
    return Optional.of(wrongState(task, why, hint));
  }

  private static boolean wakes(Task task) {
    return task.state() instanceof Ready ready && ready.wakeUp().isPresent();
  }

  /// As the matrix says; where it says that a person is to do something first, they have.
  private static StartMode mode(Task task, Optional<Advice> advice) {
    if (task.state() instanceof Ready) {
      return Starting.planned(task);
    }
    StartMode onward = Starting.goOn(task);
    if (task.lastStarted().isEmpty() && onward != StartMode.RESOLVE) {
      return StartMode.FRESH;
    }
    boolean afresh =
        advice
            .map(Advice::remedy)
            .filter(it -> it == Remedy.FRESH || it == Remedy.FRESH_NARROWER)
            .isPresent();
    return afresh ? StartMode.FRESH : onward;
  }

  static Outcome skip(Draft draft, String reason, Actor actor) {
    Task task = draft.task();
    return switch (task.kind()) {
      case PENDING, READY, FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX ->
          draft.add(actor, new TaskFact.Skipped(reason)).accepted();
      default -> wrongState(task, "cannot be skipped now", "salvor task cancel " + task.display());
    };
  }

  /// The workspace goes back to its base, and what is in it is kept.
  static Outcome reset(Draft draft, TaskCommand.Reset reset, Actor actor) {
    Task task = draft.task();
    switch (task.kind()) {
      case READY, FAILED, REJECTED, PAUSED, BLOCKED, NEEDS_FIX, REVIEW, APPROVED -> {}
      case PENDING, QUEUED -> {
        return wrongState(task, "has not begun", "salvor task show " + task.display());
      }
      default -> {
        return wrongState(task, "is being worked on", Stops.way(task));
      }
    }
    if (task.workspace().isEmpty()) {
      return refuse(
          Code.NOTHING_THERE,
          task.display() + " has no workspace that could be put back",
          "salvor task " + (task.kind() == Kind.READY ? "dispatch " : "reopen ") + task.display());
    }
    return draft
        .add(
            actor,
            new TaskFact.ResetIntended(
                task.lastAttempt() + 1,
                reset.reason(),
                reset.workspace().commitsAhead(),
                reset.workspace().uncommittedFiles()))
        .accepted();
  }

  /// What came of putting it back.
  static Outcome putBack(Draft draft, Optional<String> problem) {
    if (!(draft.task().state() instanceof Ready ready) || !ready.resetting()) {
      return ObservationDecider.misplaced(draft.task());
    }
    return draft
        .add(
            problem.isPresent()
                ? new TaskFact.ResetRefused(problem.get())
                : new TaskFact.ResetDone())
        .accepted();
  }

  /// The gates run by hand, where nobody else is at work.
  static Outcome verify(Draft draft, TaskCommand.Verify verify, Actor actor) {
    Task task = draft.task();
    Kind kind = task.kind();
    if (kind.holdsSlot() || kind == Kind.MERGING || kind == Kind.QUEUED) {
      return wrongState(task, "is being worked on", "salvor task watch " + task.display());
    }
    if (task.workspace().isEmpty()
        || task.attempts().isEmpty()
        || !verify.workspace().present()
        || verify.workspace().head().isEmpty()) {
      return refuse(
          Code.NOTHING_THERE,
          task.display() + " has no workspace in which gates could run",
          "salvor task dispatch " + task.display());
    }
    if (task.spec().gates().isEmpty()) {
      return refuse(
          Code.NOTHING_THERE,
          task.spec().project() + " had no gates when " + task.display() + " was added",
          "salvor config show  (gates = [\"COMMAND\", …] of a project)");
    }
    if (kind == Kind.PENDING) { // a merge meanwhile would not reach it
      return wrongState(
          task,
          "waits for other tasks: its gates are run once it waits for none",
          "salvor task debug " + task.display() + "  (a shell in its workspace)");
    }
    return draft
        .add(
            actor,
            new TaskFact.VerifyIntended(task.workspace().get(), verify.workspace().head().get()))
        .accepted();
  }
}
