package io.salvor.domain.engine;

import io.salvor.domain.access.Actor;
import io.salvor.domain.admission.Admission;
import io.salvor.domain.admission.NearedAllowances;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Request;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.task.Outcome;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskDecider;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.time.Now;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All that follows from one input, in one decision: what others learn from a task's facts, and who
/// begins now. Used by one thread.
final class Consequences {
  private final Ahead ahead;
  private final Conditions conditions;
  private final DecisionInMaking making;

  /// @param request the call that brings it about
  Consequences(
      Ahead ahead,
      Conditions conditions,
      Optional<Request> request,
      List<Decision.Document> documents) {
    this.ahead = ahead;
    this.conditions = conditions;
    this.making =
        new DecisionInMaking(ahead::find, ahead.standing().spending(), request, documents);
  }

  boolean areNone() {
    return making.isEmpty();
  }

  /// The seq of the next record.
  long nextSeq() {
    return ahead.standing().nextSeq();
  }

  /// Takes what was decided about one task, and what follows for its provider.
  void take(Outcome.Accepted accepted) {
    ahead.stand(ahead.standing().withRecords(accepted.facts().size()));
    ahead.tasks().put(making.add(accepted.facts()));
    for (DecisionInMaking.Told told : making.news()) {
      learn(Lessons.ofProvider(conditions.policy().breaker(), instance(), told), told);
      learn(Lessons.ofEnding(instance(), told), told);
    }
  }

  private void learn(Optional<InstanceFact> lesson, DecisionInMaking.Told told) {
    lesson.ifPresent(it -> say(Actor.SALVOR, told.fact().at(), it));
  }

  /// Says something of the whole instance.
  void say(Actor actor, Instant at, InstanceFact fact) {
    var statement = new Statement.OfInstance(nextSeq(), actor, at, fact);
    Standing standing = ahead.standing();
    ahead.stand(standing.withInstance(making.add(standing.instance(), statement)).withRecords(1));
  }

  /// Tells those who wait for a task that it is merged, if it was merged just now.
  void tellThoseWhoWait(Outcome.Accepted accepted, Now now) {
    if (accepted.facts().stream().noneMatch(it -> it.fact() instanceof TaskFact.Merged)) {
      return;
    }
    TaskId merged = accepted.task().id();
    for (Task waiting : ahead.tasks().waitingFor(merged)) {
      take(TaskDecider.dependencyMet(waiting, merged, now, nextSeq()));
    }
  }

  /// Says which limits over many tasks are near, where something was used.
  void tellOfAllowances(Now now) {
    if (making.spending().equals(ahead.standing().spending())) {
      return;
    }
    for (InstanceFact fact :
        NearedAllowances.of(
            conditions.policy().admission(), making.spending(), instance(), now.wall())) {
      say(Actor.SALVOR, now.wall(), fact);
    }
  }

  /// Has everybody begin who may.
  void admit(Now now) {
    OpenTasks tasks = ahead.tasks();
    while (!tasks.nobodyQueued()) {
      Admission admission = conditions.admission(tasks, instance(), making.spending());
      Optional<Task> next = tasks.nextQueued(admission, now.wall());
      if (next.isEmpty()) {
        return;
      }
      take(TaskDecider.claim(next.get(), now, nextSeq()));
    }
  }

  private Instance instance() {
    return ahead.standing().instance().instance();
  }

  /// All of it.
  Decision decision() {
    return ahead.decided(making);
  }
}
