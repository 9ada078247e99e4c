package io.salvor.domain.task;

import static io.salvor.domain.task.Refusals.wrongState;

import io.salvor.domain.access.Actor;
import io.salvor.domain.task.TaskState.Claimed;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.task.TaskState.Queued;
import io.salvor.domain.task.TaskState.Ready;
import io.salvor.domain.task.TaskState.Running;
import io.salvor.domain.task.TaskState.Stopping;
import io.salvor.domain.time.Now;
import java.util.Optional;

/// `decide`: what follows from wanting work to stop: a pause, a cancel, a hard freeze.
final class Stops {
  private Stops() {}

  static Outcome pause(Draft draft, String reason, Actor actor) {
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

  /// The command that has work on a task stop; where nothing can be stopped, the one that waits for
  /// its end.
  static String way(Task task) {
    String word =
        switch (task.state()) {
          case Ready _, Queued _, Claimed _, Running _ -> "pause ";
          case Stopping stopping when !(stopping.next() instanceof Next.Cancel) -> "pause ";
          case Stopping _, TaskState.Verifying _ -> "watch ";
          default -> "show ";
        };
    return "salvor task " + word + task.display();
  }

  static Outcome cancel(Draft draft, String reason, Actor actor) {
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

  /// Ends the open attempt of a task because the whole instance is frozen hard; the task is to rest
  /// as PAUSED. Empty where no agent runs or is being started: what is being ended already goes
  /// where it was to go, and gates, merges and what waits are left alone.
  static Optional<Outcome.Accepted> freeze(
      Task task, String reason, Actor actor, Now now, long nextSeq) {
    Optional<Attempt> attempt =
        switch (task.state()) {
          case Claimed claimed -> Optional.of(claimed.attempt());
          case Running running -> Optional.of(running.attempt());
          default -> Optional.empty();
        };
    var next = new Next.Pause(actor, reason.isEmpty() ? "frozen" : "frozen: " + reason);
    return attempt.map(it ->
        new Draft(task.id(), task, now, nextSeq)
            .add(actor, new TaskFact.StopIntended(it.ref(), StopCause.FREEZE, next))
            .accepted());
  }

  private static Outcome stop(
      Draft draft, Attempt attempt, StopCause cause, Next next, Actor actor) {
    return draft.add(actor, new TaskFact.StopIntended(attempt.ref(), cause, next)).accepted();
  }
}
