package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceOrder;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A task as the fold of its thread and of its attempts' threads.
///
/// @param since seq of the record that began the present state; what was observed under an older
///   one is stale
/// @param revision seq of the last record of the task's own thread; its etag
/// @param createdBy who asked for it
/// @param updatedAt when the present state began
/// @param attempts those that are over, oldest first
/// @param workspace the last one that was made, whether or not it still stands
/// @param executors who did the work that the workspace holds, and may not judge it (Z19)
/// @param lastAttempt number of the latest attempt, open or over; 0 for none
/// @param reset number that the last reset of its workspace took: nothing of attempts before it is
///   there any more; 0 for none
/// @param neared what was said of its limits being used up, oldest first
public record Task(
    TaskId id,
    DisplayId display,
    TaskSpec spec,
    TaskState state,
    long since,
    long revision,
    Actor createdBy,
    Instant createdAt,
    Instant updatedAt,
    List<PastAttempt> attempts,
    Optional<Workspace> workspace,
    List<Actor> executors,
    int lastAttempt,
    int reset,
    List<TaskFact.LimitNeared> neared) {
  public Task {
    neared = List.copyOf(neared);
    attempts = List.copyOf(attempts);
    executors = List.copyOf(executors);
  }

  /// The name of the present state.
  public Kind kind() {
    return state.kind();
  }

  /// Whether nothing is left to be done for it: it is closed, and no push is on its way.
  public boolean isSettled() {
    boolean pushing =
        state instanceof TaskState.Merged merged
            && merged.push().filter(Push::isPending).isPresent();
    return kind().isClosed() && !pushing;
  }

  /// Whether an attempt of it holds one of the slots that admission gives out. What a dead agent
  /// left is saved without one, and gates run by hand need none: a person waits for that.
  public boolean holdsSlot() {
    boolean forPerson =
        state instanceof TaskState.Verifying it
            && (it.salvage().isPresent() || it.byHand().isPresent());
    return kind().holdsSlot() && !forPerson;
  }

  /// The open attempt, where there is one.
  public Optional<Attempt> attempt() {
    return switch (state) {
      case TaskState.Claimed claimed -> Optional.of(claimed.attempt());
      case TaskState.Running running -> Optional.of(running.attempt());
      case TaskState.Stopping stopping -> Optional.of(stopping.attempt());
      case TaskState.Verifying verifying -> Optional.of(verifying.attempt());
      default -> Optional.empty();
    };
  }

  /// What the open attempt said so far, or the last one.
  public Progress progress() {
    return switch (state) {
      case TaskState.Claimed _ -> Progress.NONE;
      case TaskState.Running running -> running.progress();
      case TaskState.Stopping stopping -> stopping.progress();
      default -> attempts.isEmpty() ? Progress.NONE : attempts.getLast().progress();
    };
  }

  /// What the last attempt that is over left in the workspace.
  public WorkspaceSummary lastSummary() {
    return attempts.isEmpty() ? WorkspaceSummary.NONE : attempts.getLast().workspace();
  }

  /// The last attempt that is over and in which an agent ran, and whose work was not put away since
  /// by a reset.
  public Optional<PastAttempt> lastStarted() {
    return attempts.reversed().stream()
        .takeWhile(past -> past.ref().number() > reset)
        .filter(PastAttempt::started)
        .findFirst();
  }

  /// Money spent over all attempts; empty while no attempt has told any.
  public Optional<MicroUsd> cost() {
    return usages().stream().flatMap(usage -> usage.cost().stream()).reduce(MicroUsd::plus);
  }

  /// Input and output tokens over all attempts.
  public long tokens() {
    return usages().stream().mapToLong(Usage::tokens).sum();
  }

  /// What each attempt has used by itself, oldest first; last the open one, where there is one. An
  /// attempt whose gates run is both open and over: it counts once.
  public List<Usage> usages() {
    boolean over =
        attempt().isEmpty()
            || (!attempts.isEmpty() && attempts.getLast().ref().equals(attempt().get().ref()));
    return SessionTotals.apart(
        Stream.concat(
                attempts.stream().map(it -> new SessionTotals.Told(it.protocol(), it.progress())),
                over
                    ? Stream.empty()
                    : Stream.of(new SessionTotals.Told(spec.agent().protocol(), progress())))
            .toList());
  }

  /// The workspace that belongs to it.
  public WorkspaceOrder workspaceOrder(String lineage) {
    return new WorkspaceOrder(
        lineage, id, display, spec.project(), spec.base(), spec.preparation().copy());
  }

  /// The branch that carries its work.
  public String branch() {
    return "task/" + display;
  }

  /// In another state from `recorded` on.
  Task in(TaskState next, Recorded recorded) {
    return copy(spec, next, recorded.seq(), recorded, attempts, workspace, lastAttempt);
  }

  /// In another state from `recorded` on, with a new attempt.
  Task claimed(TaskState.Claimed next, Recorded recorded) {
    int number = next.attempt().ref().number();
    return copy(spec, next, recorded.seq(), recorded, attempts, workspace, number);
  }

  /// In another state from `recorded` on, with a workspace. A fresh one holds nobody's work.
  Task prepared(TaskState.Claimed next, Recorded recorded) {
    Task prepared =
        copy(spec, next, recorded.seq(), recorded, attempts, next.workspace(), lastAttempt);
    return next.attempt().mode() == StartMode.FRESH ? prepared.executedBy(List.of()) : prepared;
  }

  /// In another state from `recorded` on, with a number taken from those of attempts.
  Task resetting(TaskState.Ready next, int number, Recorded recorded) {
    return copy(spec, next, recorded.seq(), recorded, attempts, workspace, number);
  }

  /// With nothing of earlier attempts in its workspace.
  Task putBack(TaskState.Ready next, int number) {
    return new Task(
        id,
        display,
        spec,
        next,
        since,
        revision,
        createdBy,
        createdAt,
        updatedAt,
        attempts,
        workspace,
        List.of(),
        lastAttempt,
        number,
        neared);
  }

  /// With the work of its agent in the workspace.
  Task executedByAgent() {
    Actor agent = Actor.agent(spec.agent().name());
    if (executors.contains(agent)) {
      return this;
    }
    var all = new ArrayList<>(executors);
    all.add(agent);
    return executedBy(all);
  }

  /// With the work of these in the workspace.
  Task executedBy(List<Actor> changed) {
    return new Task(
        id,
        display,
        spec,
        state,
        since,
        revision,
        createdBy,
        createdAt,
        updatedAt,
        attempts,
        workspace,
        changed,
        lastAttempt,
        reset,
        neared);
  }

  /// In the same state, with one more record in its thread.
  Task told(Recorded recorded) {
    return copy(spec, state, since, recorded, attempts, workspace, lastAttempt);
  }

  /// The same state with something in it changed: what was observed under it stays fresh.
  Task adjusted(TaskState adjusted) {
    return new Task(
        id,
        display,
        spec,
        adjusted,
        since,
        revision,
        createdBy,
        createdAt,
        updatedAt,
        attempts,
        workspace,
        executors,
        lastAttempt,
        reset,
        neared);
  }

  /// With one more thing said of its limits.
  Task nearing(TaskFact.LimitNeared more, Recorded recorded) {
    var all = new ArrayList<>(neared);
    all.add(more);
    return new Task(
        id,
        display,
        spec,
        state,
        since,
        recorded.seq(),
        createdBy,
        createdAt,
        updatedAt,
        attempts,
        workspace,
        executors,
        lastAttempt,
        reset,
        all);
  }

  Task withSpec(TaskSpec changed, Recorded recorded) {
    return copy(changed, state, since, recorded, attempts, workspace, lastAttempt);
  }

  Task with(PastAttempt over, Recorded recorded) {
    var all = new ArrayList<>(attempts);
    all.add(over);
    return copy(spec, state, since, recorded, all, workspace, lastAttempt);
  }

  /// With what a gate said of the last attempt's work.
  Task withGateFailure(String detail) {
    if (attempts.isEmpty()) {
      return this;
    }
    var all = new ArrayList<>(attempts);
    all.set(all.size() - 1, all.getLast().withGateFailure(detail));
    return new Task(
        id,
        display,
        spec,
        state,
        since,
        revision,
        createdBy,
        createdAt,
        updatedAt,
        all,
        workspace,
        executors,
        lastAttempt,
        reset,
        neared);
  }

  /// With an answer to what its last attempt asked.
  Task answered(String text, Recorded recorded) {
    var all = new ArrayList<>(attempts);
    var answer = new PastAttempt.Answer(recorded.actor(), recorded.at(), text);
    all.add(all.removeLast().answered(answer));
    return copy(spec, state, since, recorded, all, workspace, lastAttempt);
  }

  private Task copy(
      TaskSpec newSpec,
      TaskState newState,
      long newSince,
      Recorded recorded,
      List<PastAttempt> newAttempts,
      Optional<Workspace> newWorkspace,
      int newLastAttempt) {
    return new Task(
        id,
        display,
        newSpec,
        newState,
        newSince,
        recorded.seq(),
        createdBy,
        createdAt,
        newSince == since ? updatedAt : recorded.at(),
        newAttempts,
        newWorkspace,
        executors,
        newLastAttempt,
        reset,
        neared);
  }
}
