package io.salvor.domain.task;

import io.salvor.domain.access.Actor;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.time.Now;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A decision about one task while it is being made: each fact is folded at once, so that the next
/// one builds on it. Used by one thread.
final class Draft {
  private final TaskId id;
  private final Now now;
  private final List<Recorded> facts = new ArrayList<>();
  private @Nullable Task task;
  private long nextSeq;

  Draft(TaskId id, @Nullable Task task, Now now, long nextSeq) {
    this.id = id;
    this.task = task;
    this.now = now;
    this.nextSeq = nextSeq;
  }

  /// Adds a fact that `actor` brought about.
  Draft add(Actor actor, TaskFact fact) {
    var recorded = new Recorded(id, nextSeq, actor, now.wall(), fact);
    task = TaskFold.evolve(task, recorded);
    nextSeq++;
    facts.add(recorded);
    return this;
  }

  /// Adds a fact that Salvor brought about.
  Draft add(TaskFact fact) {
    return add(Actor.SALVOR, fact);
  }

  Task task() {
    if (task == null) {
      throw new IllegalStateException("nothing was drafted for " + id);
    }
    return task;
  }

  Now now() {
    return now;
  }

  /// The seq that the next fact gets.
  long nextSeq() {
    return nextSeq;
  }

  Outcome.Accepted accepted() {
    return new Outcome.Accepted(task(), facts);
  }
}
