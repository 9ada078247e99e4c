package io.salvor.domain.engine;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.task.Refusal;
import io.salvor.domain.task.Task;
import java.util.List;
import java.util.Optional;

/// What became of an input. Nothing in it may be told to anybody before it is durable.
public sealed interface Answer {

  /// To be written.
  ///
  /// @param task the task that the input was about, after it; empty where it was about no single
  ///   task
  record Decided(Decision decision, Optional<Task> task) implements Answer {}

  /// The same request was carried out before; its last record is `seq`.
  ///
  /// @param task which task it was about; empty where it was about the whole instance
  record Repeated(Optional<TaskId> task, long seq) implements Answer {}

  /// Not carried out. It rests on everything up to `asOf`.
  record Refused(Refusal refusal, long asOf) implements Answer {}

  /// Nothing follows. It rests on everything up to `asOf`: who is told before that is durable may
  /// have looked away from a task whose change was then lost.
  record Nothing(String why, long asOf) implements Answer {}

  /// The store was asked so long ago whether the request was carried out that it must be asked
  /// again. Nothing was done.
  record Outdated() implements Answer {}

  /// These threads must be read first, all of them; then the input is offered again with them.
  record Missing(List<TaskId> tasks) implements Answer {
    public Missing {
      tasks = List.copyOf(tasks);
    }
  }
}
