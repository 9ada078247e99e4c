package io.salvor.domain.engine;

import io.salvor.domain.access.Actor;
import io.salvor.domain.admission.Hold;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.InstanceCommand;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.Observation;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.time.Now;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Everything that can reach the engine.
public sealed interface Input {

  /// Somebody asks for something.
  ///
  /// @param once empty where the caller does not mind
  /// @param etag revision that the task must have
  /// @param closed threads that were read just now, since [Answer.Missing] asked for them
  /// @param absent tasks that were asked for and are not in the store
  /// @param rehearsal whether it is only to be said if it would be refused
  record Ask(
      Actor actor,
      Now now,
      TaskCommand command,
      Optional<Once> once,
      OptionalLong etag,
      List<OpenThread> closed,
      List<TaskId> absent,
      boolean rehearsal)
      implements Input {
    public Ask {
      closed = List.copyOf(closed);
      absent = List.copyOf(absent);
    }

    /// A plain wish.
    public Ask(Actor actor, Now now, TaskCommand command) {
      this(actor, now, command, Optional.empty(), OptionalLong.empty(), List.of());
    }

    /// A wish for which nothing was read yet.
    public Ask(
        Actor actor,
        Now now,
        TaskCommand command,
        Optional<Once> once,
        OptionalLong etag,
        List<TaskId> absent) {
      this(actor, now, command, once, etag, List.of(), absent, false);
    }

    /// The same, only to be said if it would be refused.
    public Ask rehearsed() {
      return new Ask(actor, now, command, once, etag, closed, absent, true);
    }

    /// The same, knowing these threads, and that those tasks do not exist.
    public Ask knowing(List<OpenThread> read, List<TaskId> missed) {
      return new Ask(actor, now, command, once, etag, read, missed, rehearsal);
    }

    Optional<Request> request() {
      return once.map(Once::request);
    }
  }

  /// Somebody asks for something of the whole instance.
  ///
  /// @param once empty where the caller does not mind
  record Govern(Actor actor, Now now, InstanceCommand command, Optional<Once> once)
      implements Input {
    Optional<Request> request() {
      return once.map(Once::request);
    }
  }

  /// An effect found something out.
  record Saw(Now now, Observation observation) implements Input {}

  /// Time passed.
  record Tick(Now now) implements Input {}

  /// Attempts may begin, or not: a server that is about to stop begins none, nor does one whose own
  /// place is not well.
  ///
  /// @param because why not; empty where they may
  record Admit(Optional<Hold> because) implements Input {}

  /// How much room the memory leaves, where that has changed.
  record Memory(Now now, MemoryBand band) implements Input {}

  /// An effect came to nothing, and nothing is known; it is started again at the next tick.
  record EffectLost(TaskId task, long asOf) implements Input {}
}
