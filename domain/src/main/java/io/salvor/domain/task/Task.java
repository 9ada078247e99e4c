package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.workspace.WorkspaceOrder;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// A task as the fold of its thread and of its attempts' threads.
///
/// @param since seq of the record that began the present state; what was observed under an older one is stale
/// @param revision seq of the last record of the task's own thread; its etag
/// @param attempts those that are over, oldest first
public record Task(
    TaskId id,
    DisplayId display,
    TaskSpec spec,
    TaskState state,
    long since,
    long revision,
    List<PastAttempt> attempts,
    int lastAttempt) {
  public Task {
    attempts = List.copyOf(attempts);
  }

  /// The name of the present state.
  public Kind kind() {
    return state.kind();
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

  /// The last attempt that is over and in which an agent ran.
  public Optional<PastAttempt> lastStarted() {
    return attempts.reversed().stream().filter(PastAttempt::started).findFirst();
  }

  /// Money spent over all attempts; empty while no attempt has told any.
  public Optional<MicroUsd> cost() {
    Optional<MicroUsd> open =
        attempt().isPresent() ? progress().usage().cost() : Optional.<MicroUsd>empty();
    return java.util.stream.Stream.concat(
            attempts.stream().flatMap(past -> past.progress().usage().cost().stream()),
            open.stream())
        .reduce(MicroUsd::plus);
  }

  /// Input and output tokens over all attempts.
  public long tokens() {
    long past = attempts.stream().mapToLong(it -> it.progress().usage().tokens()).sum();
    return attempt().isPresent() ? past + progress().usage().tokens() : past;
  }

  /// The agents that worked on it.
  public SequencedSet<Actor> agents() {
    var agents = new LinkedHashSet<Actor>();
    if (attempts.stream().anyMatch(PastAttempt::started) || kind() == Kind.RUNNING) {
      agents.add(Actor.agent(spec.agent().name()));
    }
    return agents;
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

  Task in(TaskState next, long seq) {
    return new Task(id, display, spec, next, seq, seq, attempts, lastAttempt);
  }

  Task told(long seq) {
    return new Task(id, display, spec, state, since, seq, attempts, lastAttempt);
  }

  /// The same state with something in it changed: what was observed under it stays fresh.
  Task adjusted(TaskState adjusted) {
    return new Task(id, display, spec, adjusted, since, revision, attempts, lastAttempt);
  }

  Task withSpec(TaskSpec changed, long seq) {
    return new Task(id, display, changed, state, since, seq, attempts, lastAttempt);
  }

  Task with(PastAttempt over, long seq) {
    var all = new ArrayList<>(attempts);
    all.add(over);
    return new Task(id, display, spec, state, since, seq, all, lastAttempt);
  }

  Task claimed(TaskState.Claimed next, long seq) {
    return new Task(id, display, spec, next, seq, seq, attempts, next.attempt().ref().number());
  }
}
